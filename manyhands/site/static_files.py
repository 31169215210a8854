"""Style sheets, scripts and icons, served by the site itself with names that change when they do."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Named(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise says nothing of its types
    """Files named by a digest of what is in them, also where one script imports another."""

    support_js_module_import_aggregation = True
