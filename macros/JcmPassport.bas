Attribute VB_Name = "JcmPassport"
Option Explicit

' The button of the passport: writes what Excel says of itself, then presses each button
' of jcm_xl and writes what came of it. Column A names what a line is for. What a button
' did in words is written by Python, which the button calls.

Private Const JCM_SHEET As String = "Passport"
Private Const JCM_COLUMN As Long = 6
Private Const JCM_OUTCOME As Long = 7

Public Sub JcmPassportRun()
    Dim sheet As Object
    Dim line As Long
    Dim last As Long
    Dim called As String
    Set sheet = ThisWorkbook.Worksheets(JCM_SHEET)
    last = sheet.UsedRange.Rows.Count
    For line = 1 To last
        called = CStr(sheet.Cells(line, 1).Text)
        If Left(called, 3) = "Jcm" Then
            JcmPress sheet, line, called
        ElseIf called Like "[A-Z]*" And JcmIsFact(called) Then
            sheet.Cells(line, JCM_COLUMN).Value = "'" & JcmFact(called)
        End If
    Next line
    sheet.Activate
    Application.CalculateFull
End Sub

Private Sub JcmPress(ByVal sheet As Object, ByVal line As Long, ByVal called As String)
    Dim before As Long
    Dim started As Double
    before = ThisWorkbook.Worksheets.Count
    started = Timer
    ThisWorkbook.Worksheets(1).Activate
    On Error GoTo failed
    Application.Run "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & called
    sheet.Cells(line, JCM_OUTCOME).Value = "'came back after " & _
        CStr(CLng(Timer - started)) & " s, sheets: " & CStr(before) & " to " & _
        CStr(ThisWorkbook.Worksheets.Count)
    Exit Sub
failed:
    sheet.Cells(line, JCM_OUTCOME).Value = "'failed: " & Err.Description
End Sub

Private Function JcmIsFact(ByVal called As String) As Boolean
    Select Case called
        Case "Version", "Build", "CalculationVersion", "Bitness", "OperatingSystem", _
                "Language", "Country", "CountrySetting", "DecimalSeparator", _
                "ListSeparator", "RunAt"
            JcmIsFact = True
        Case Else
            JcmIsFact = False
    End Select
End Function

Private Function JcmFact(ByVal called As String) As String
    On Error GoTo unknown
    Select Case called
        Case "Version"
            JcmFact = Application.Version
        Case "Build"
            JcmFact = CStr(Application.Build)
        Case "CalculationVersion"
            JcmFact = CStr(Application.CalculationVersion)
        Case "Bitness"
            JcmFact = JcmBits()
        Case "OperatingSystem"
            JcmFact = Application.OperatingSystem
        Case "Language"
            ' 2 is msoLanguageIDUI, the language of menus.
            JcmFact = CStr(Application.LanguageSettings.LanguageID(2))
        Case "Country"
            JcmFact = CStr(Application.International(1))
        Case "CountrySetting"
            JcmFact = CStr(Application.International(2))
        Case "DecimalSeparator"
            JcmFact = CStr(Application.International(3))
        Case "ListSeparator"
            JcmFact = CStr(Application.International(5))
        Case "RunAt"
            JcmFact = Format(Now, "yyyy-mm-dd hh:nn:ss")
    End Select
    Exit Function
unknown:
    JcmFact = "not told: " & Err.Description
End Function

Private Function JcmBits() As String
    #If Win64 Then
        JcmBits = "64"
    #Else
        JcmBits = "32"
    #End If
End Function
