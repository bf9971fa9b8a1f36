Attribute VB_Name = "JcmTools"
Option Explicit

' The buttons of jcm_xl. Each one calls jcm_xl.desk.excel in Python, which reads a copy
' of the book and writes on sheets of its own. No macro here reads or writes a cell.

Private Const JCM_TITLE As String = "jcm_xl"

Public Sub JcmCheck()
    JcmRun "check"
End Sub

Public Sub JcmRecalculate()
    JcmRun "recalculate"
End Sub

Public Sub JcmExplain()
    JcmRun "explain"
End Sub

Public Sub JcmWhatIf()
    JcmRun "whatif"
End Sub

Public Sub JcmSensitivity()
    JcmRun "sensitivity"
End Sub

Public Sub JcmBridge()
    JcmRun "bridge"
End Sub

Public Sub JcmYears()
    JcmRun "years"
End Sub

Public Sub JcmTemplate()
    JcmRun "template"
End Sub

Public Sub JcmAdopt()
    JcmRun "adopt"
End Sub

Public Sub JcmExport()
    JcmRun "export"
End Sub

Public Sub JcmExample()
    JcmRun "example"
End Sub

Public Sub JcmRemove()
    JcmRun "remove"
End Sub

Public Function JcmCommand(ByVal action As String) As String
    ' The Python that an action stands for; double quotes would end the command line.
    JcmCommand = "from jcm_xl.desk.excel import run; run('" & action & "')"
End Function

Private Sub JcmRun(ByVal action As String)
    ' RunPython shows what Python says when it fails; -1 means that it did.
    ' A Mac has no module for it: there xlwings is neither compiled nor called.
    Dim outcome As Variant
    On Error GoTo failed
    #If Mac Then
        MsgBox "Buttons and live functions need Excel for Windows. The sheets " & _
            "calculate here all the same; 'jcm-xl check' judges the book.", _
            vbInformation, JCM_TITLE
        Exit Sub
    #End If
    If Application.Workbooks.Count = 0 Then
        MsgBox "Open a workbook first; in Protected View press Enable Editing.", _
            vbInformation, JCM_TITLE
        Exit Sub
    End If
    Application.StatusBar = JCM_TITLE & ": " & action & " ..."
    #If Not Mac Then
        outcome = RunPython(JcmCommand(action))
    #End If
    Application.StatusBar = False
    Exit Sub
failed:
    Application.StatusBar = False
    MsgBox "Python could not be started: " & Err.Description & vbNewLine & vbNewLine & _
        "Type 'jcm-xl doctor' in a command window: it says what is missing.", _
        vbExclamation, JCM_TITLE
End Sub
