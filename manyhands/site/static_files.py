"""Style sheets, scripts and icons, served by the site itself with names that change when they do."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Named(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise says nothing of its types
    """Files named by a digest of what is in them, also where one script imports another."""

    support_js_module_import_aggregation = True


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise says nothing of its types
    """
    WhiteNoise, answering in one piece: its own answers are streamed by a synchronous iterator, which
    Django under ASGI warns of and gathers up again. The largest file is 280 kB, or 30 kB compressed.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        answer = static_file.get_response(request.method, request.META)
        body = b""
        if answer.file is not None:
            with answer.file:
                body = answer.file.read()
        response = HttpResponse(body, status=int(answer.status))
        del response["Content-Type"]
        for name, value in answer.headers:
            response[name] = value
        return response
