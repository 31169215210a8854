#!/bin/sh
# Makes the site's own user and database, once: no superuser, so that the second wall holds against it.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$SITE_PASSWORD" <<'SQL'
CREATE ROLE manyhands LOGIN PASSWORD :'password' NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE manyhands OWNER manyhands;
SQL
