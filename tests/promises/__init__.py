"""
About the codebase itself: what it promises to whoever reads it, installs it or opens it in a browser.
"""
