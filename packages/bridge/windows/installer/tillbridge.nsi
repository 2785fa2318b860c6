; The Windows installer: `npm run distribution` runs makensis with VERSION, STAGE (the folder of the distribution), FILES (its files), COMPRESSOR and OUT.
;   tillbridge-X.Y.Z-win-x64-setup.exe /S [/D=C:\Folder] [/NOAGENT] [/WEBTILL=till.example] [/LANG=ru]
; /S installs or updates without a question. Configuration and state in %ProgramData%\Tillbridge stay, on an update and when it is removed.
Unicode true
Target amd64-unicode
!ifdef PLAIN
SetCompress off
!else
SetCompressor /SOLID ${COMPRESSOR}
!endif
ManifestSupportedOS all
ManifestDPIAware true
RequestExecutionLevel admin

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include nsDialogs.nsh
!include Sections.nsh

Name "Tillbridge"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Tillbridge"
InstallDirRegKey HKLM "Software\Tillbridge" "InstallDir"
BrandingText "Tillbridge ${VERSION}"
VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey "ProductName" "Tillbridge"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Tillbridge setup"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tillbridge"
!define WEB_POLICY "LocalNetworkAccessAllowedForUrls"

Var WebTill
Var NoAgent
Var WebTillField
Var Failed

!insertmacro MUI_PAGE_LICENSE "${STAGE}\LICENSE"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
Page custom webTillPage webTillLeave
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"

LangString TITLE_WEB ${LANG_ENGLISH} "Web till"
LangString TITLE_WEB ${LANG_RUSSIAN} "Веб-касса"
LangString ABOUT_WEB ${LANG_ENGLISH} "Address of the web till that may talk to Tillbridge without a question of the browser (Chrome 139, Edge 140 and newer):"
LangString ABOUT_WEB ${LANG_RUSSIAN} "Адрес веб-кассы, которой браузер без вопросов разрешит соединяться с Tillbridge (Chrome 139, Edge 140 и новее):"
LangString NAME_AGENT ${LANG_ENGLISH} "Agent at log-on (types into the cashier program)"
LangString NAME_AGENT ${LANG_RUSSIAN} "Агент при входе в систему (печатает в кассовую программу)"
LangString NAME_WEB ${LANG_ENGLISH} "Browser policy for a web till"
LangString NAME_WEB ${LANG_RUSSIAN} "Политика браузера для веб-кассы"
LangString NO_WEB ${LANG_ENGLISH} "The address begins with https:// or http://"
LangString NO_WEB ${LANG_RUSSIAN} "Адрес начинается с https:// или http://"
LangString NO_SERVICE ${LANG_ENGLISH} "The service was not registered. What happened is in the log above; run: tillbridge service install"
LangString NO_SERVICE ${LANG_RUSSIAN} "Служба не зарегистрирована. Что произошло, видно в журнале выше; выполните: tillbridge service install"
LangString STILL_RUNS ${LANG_ENGLISH} "The installed Tillbridge does not stop. Restart the computer and run the setup again."
LangString STILL_RUNS ${LANG_RUSSIAN} "Установленный Tillbridge не останавливается. Перезагрузите компьютер и запустите установку снова."

Section "Tillbridge" SEC_MAIN
  SectionIn RO
  SetRegView 64
  SetShellVarContext all
  ; an update: what runs is stopped first, so that no daemon loads parts of two versions
  ${If} ${FileExists} "$INSTDIR\tillbridge-service.exe"
    nsExec::ExecToLog '"$INSTDIR\tillbridge-service.exe" stop'
    Pop $0
    nsExec::ExecToLog '"$INSTDIR\tillbridge-service.exe" stop-agents'
    Pop $0
    RMDir /r "$INSTDIR\app"
    RMDir /r "$INSTDIR\docs"
    RMDir /r "$INSTDIR\share"
    ClearErrors
    Delete "$INSTDIR\runtime\node.exe"
    ${If} ${Errors}
      SetErrorLevel 3
      DetailPrint "$(STILL_RUNS)"
      MessageBox MB_ICONSTOP "$(STILL_RUNS)" /SD IDOK
      Abort
    ${EndIf}
  ${EndIf}
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "Software\Tillbridge" "InstallDir" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "Tillbridge"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "Tillbridge"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
  ; folders with their rights before anything is written into them
  nsExec::ExecToLog '"$INSTDIR\tillbridge-service.exe" install --no-agent --no-start'
  Pop $0
  ${If} $0 != 0
    StrCpy $Failed 1
  ${EndIf}
  ReadEnvStr $1 ProgramData
  ${IfNot} ${FileExists} "$1\Tillbridge\tillbridge.yaml"
    ; a till program that speaks with us, until the administrator says which it is
    nsExec::ExecToLog '"$INSTDIR\tillbridge.exe" --config "$1\Tillbridge\tillbridge.yaml" init --yes --reader serial --till client'
    Pop $0
  ${EndIf}
SectionEnd

Section "$(NAME_AGENT)" SEC_AGENT
SectionEnd

Section /o "$(NAME_WEB)" SEC_WEB
  SetRegView 64
  ${If} $WebTill != ""
    ; a list of addresses: each a value with a number for its name
    WriteRegStr HKLM "Software\Policies\Google\Chrome\${WEB_POLICY}" "7843" "$WebTill"
    WriteRegStr HKLM "Software\Policies\Microsoft\Edge\${WEB_POLICY}" "7843" "$WebTill"
    WriteRegStr HKLM "Software\Policies\Chromium\${WEB_POLICY}" "7843" "$WebTill"
  ${EndIf}
SectionEnd

; the service last: everything that it needs is there
Section "-service"
  StrCpy $1 ""
  ${If} $NoAgent == 1
  ${OrIfNot} ${SectionIsSelected} ${SEC_AGENT}
    StrCpy $1 " --no-agent"
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\tillbridge-service.exe" install$1'
  Pop $0
  ${If} $0 != 0
    StrCpy $Failed 1
  ${EndIf}
  ${If} $Failed == 1
    SetErrorLevel 4
    DetailPrint "$(NO_SERVICE)"
    MessageBox MB_ICONEXCLAMATION "$(NO_SERVICE)" /SD IDOK
  ${ElseIf} $1 == ""
    ; for whoever sits here, through the desktop: with that user's rights and not with ours. Everybody else gets theirs with the next log-on
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\tillbridge-agent.exe"'
  ${EndIf}
SectionEnd

; behind the sections, whose numbers it knows
Function .onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $Failed 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/WEBTILL=" $WebTill
  ${If} $WebTill != ""
    ; a slash would begin the next option: an address comes without its https://, or in quotes
    StrCpy $R1 $WebTill 4
    ${If} $R1 != "http"
      StrCpy $WebTill "https://$WebTill"
    ${EndIf}
    !insertmacro SelectSection ${SEC_WEB}
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOAGENT" $R1
  ${IfNot} ${Errors}
    StrCpy $NoAgent 1
  ${EndIf}
  ReadRegStr $R2 HKLM "Software\Tillbridge" "InstallDir"
  ${If} $R2 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\Tillbridge"
    StrCpy $INSTDIR $R2
  ${EndIf}
FunctionEnd

Function webTillPage
  ${IfNot} ${SectionIsSelected} ${SEC_WEB}
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(TITLE_WEB)" ""
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 24u "$(ABOUT_WEB)"
  Pop $0
  ${NSD_CreateText} 0 28u 100% 13u "$WebTill"
  Pop $WebTillField
  nsDialogs::Show
FunctionEnd

Function webTillLeave
  ${NSD_GetText} $WebTillField $WebTill
  StrCpy $0 $WebTill 4
  ${If} $0 != "http"
    MessageBox MB_ICONEXCLAMATION "$(NO_WEB)"
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
FunctionEnd

Section "Uninstall"
  SetRegView 64
  nsExec::ExecToLog '"$INSTDIR\tillbridge-service.exe" uninstall'
  Pop $0
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\docs"
  RMDir /r "$INSTDIR\share"
  RMDir /r "$INSTDIR\runtime"
  Delete "$INSTDIR\tillbridge.exe"
  Delete "$INSTDIR\tillbridge-agent.exe"
  Delete "$INSTDIR\tillbridge-keyboard.exe"
  Delete "$INSTDIR\tillbridge-service.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegValue HKLM "Software\Policies\Google\Chrome\${WEB_POLICY}" "7843"
  DeleteRegValue HKLM "Software\Policies\Microsoft\Edge\${WEB_POLICY}" "7843"
  DeleteRegValue HKLM "Software\Policies\Chromium\${WEB_POLICY}" "7843"
  DeleteRegKey /ifempty HKLM "Software\Policies\Google\Chrome\${WEB_POLICY}"
  DeleteRegKey /ifempty HKLM "Software\Policies\Microsoft\Edge\${WEB_POLICY}"
  DeleteRegKey /ifempty HKLM "Software\Policies\Chromium\${WEB_POLICY}"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "Software\Tillbridge"
SectionEnd
