"""How the workspace is put on the web: settings, root addresses, and the way in for a server."""
