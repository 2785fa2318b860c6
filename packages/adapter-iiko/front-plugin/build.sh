#!/bin/sh
# Builds the plugin with mono's C# compiler, which Debian has (apt-get install mono-mcs).
#
#   sh build.sh --contract PATH/Resto.Front.Api.V9.dll [--api V8|V9|V10] [--api-version V10Preview3] [--module 21016318] [--out FOLDER]
#       a folder to copy to the till: Tillbridge.Iiko.Front.dll, Manifest.xml, tillbridge.json
#   sh build.sh --stub [--api V8|V9|V10] [--out FOLDER]
#       compiles against the clean-room interface instead: shows that the code is right, is not for a till
set -eu

here=$(cd "$(dirname "$0")" && pwd)
api=V9
api_version=''
contract=''
module=21016318
out="$here/out"
stub=no
while [ $# -gt 0 ]; do
  case "$1" in
    --stub) stub=yes; shift; continue ;;
    --contract | --api | --api-version | --module | --out)
      if [ $# -lt 2 ]; then echo "$1 needs a value" >&2; exit 2; fi ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  case "$1" in
    --contract) contract=$2 ;;
    --api) api=$2 ;;
    --api-version) api_version=$2 ;;
    --module) module=$2 ;;
    --out) out=$2 ;;
  esac
  shift 2
done

case "$api" in V8 | V9 | V10) ;; *) echo "--api is V8, V9 or V10" >&2; exit 2 ;; esac
case "$module" in '' | *[!0-9]*) echo "--module is a number" >&2; exit 2 ;; esac
: "${api_version:=$api}"
case "$api_version" in *[!A-Za-z0-9]*) echo "--api-version is a word such as V10Preview3" >&2; exit 2 ;; esac

mkdir -p "$out"
if [ "$stub" = yes ]; then
  contract="$out/stub/Resto.Front.Api.$api.dll"
  mkdir -p "$out/stub"
  mcs -nologo -langversion:7 -warnaserror -warn:4 -target:library "-define:FRONT_$api" "-out:$contract" "$here"/stub/*.cs
elif [ ! -f "$contract" ]; then
  echo "--contract: the vendor's Resto.Front.Api.$api.dll, from the folder of iikoFront or the NuGet package of that name" >&2
  exit 2
fi

facts="$out/BuildFacts.cs"
sed "s/LicenseModuleId = [0-9]*;/LicenseModuleId = $module;/" "$here/vendor/BuildFacts.cs" >"$facts"
mcs -nologo -langversion:7 -warnaserror -warn:4 -optimize+ -target:library "-define:FRONT_$api" "-reference:$contract" \
  -reference:System.Core -reference:System.Xml -reference:System.Runtime.Serialization "-out:$out/Tillbridge.Iiko.Front.dll" \
  "$here"/src/*.cs "$here/vendor/FrontHost.cs" "$here/vendor/Host.cs" "$here/vendor/OrderEditor.cs" "$here/vendor/Plugin.cs" "$facts"
rm "$facts"

if [ "$stub" = yes ]; then
  echo "compiled for $api against the clean-room interface: not for a till"
  exit 0
fi
sed -e "s/@API_VERSION@/$api_version/" -e "s/@MODULE@/$module/" "$here/Manifest.template.xml" >"$out/Manifest.xml"
cp "$here/tillbridge.json" "$out/tillbridge.json"
echo "$out: copy Tillbridge.Iiko.Front.dll and Manifest.xml to Plugins/Tillbridge of iikoFront, see docs/iiko.md"
