from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "manyhands.workspace"
    label = "workspace"
