# Builds the plugin on Windows with the .NET SDK. Never tried: no Windows with the vendor's package was at hand.
#   .\build.ps1 -Api V9 [-Module 21016318] [-ApiVersion V10Preview3] [-PackageVersion 9.5.6059] [-Out out]
param(
  [ValidateSet('V8', 'V9', 'V10')] [string] $Api = 'V9',
  [ValidatePattern('^[A-Za-z0-9]+$')] [string] $ApiVersion = $Api,
  [ValidateRange(1, [int]::MaxValue)] [int] $Module = 21016318,
  [string] $PackageVersion = '*',
  [string] $Out = (Join-Path $PSScriptRoot 'out')
)
$ErrorActionPreference = 'Stop'
$project = Join-Path $PSScriptRoot 'Tillbridge.Iiko.Front.csproj'
dotnet build $project -c Release "-p:Api=$Api" "-p:ApiPackage=Resto.Front.Api.$ApiVersion" "-p:ApiPackageVersion=$PackageVersion" "-p:LicenseModuleId=$Module"
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
New-Item -ItemType Directory -Force $Out | Out-Null
Copy-Item (Join-Path $PSScriptRoot 'bin/Release/net472/Tillbridge.Iiko.Front.dll') $Out -Force
$manifest = (Get-Content (Join-Path $PSScriptRoot 'Manifest.template.xml') -Raw).Replace('@API_VERSION@', $ApiVersion).Replace('@MODULE@', "$Module")
[IO.File]::WriteAllText((Join-Path $Out 'Manifest.xml'), $manifest, (New-Object Text.UTF8Encoding $false))
Copy-Item (Join-Path $PSScriptRoot 'tillbridge.json') $Out -Force
Write-Output "$($Out): copy Tillbridge.Iiko.Front.dll and Manifest.xml to Plugins\Tillbridge of iikoFront, see docs/iiko.md"
