#!/bin/sh
# Opens a workbook with LibreOffice Calc and saves it: sh libreoffice.sh FROM TO
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# a profile of its own, so that a running LibreOffice is left alone
soffice "-env:UserInstallation=file://$home/profile" --headless \
	--convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir "$home/saved" "$1" >&2
cp "$home/saved/$(basename "$1")" "$2"
