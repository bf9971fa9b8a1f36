Attribute VB_Name = "JcmRibbon"
Option Explicit

' What the ribbon of the add-in calls; ribbon.xml names the ids.

Public Sub JcmRibbonAction(control As IRibbonControl)
    Select Case control.ID
        Case "jcmCheck"
            JcmCheck
        Case "jcmRecalculate"
            JcmRecalculate
        Case "jcmExplain"
            JcmExplain
        Case "jcmWhatIf"
            JcmWhatIf
        Case "jcmSensitivity"
            JcmSensitivity
        Case "jcmBridge"
            JcmBridge
        Case "jcmYears"
            JcmYears
        Case "jcmTemplate"
            JcmTemplate
        Case "jcmAdopt"
            JcmAdopt
        Case "jcmExport"
            JcmExport
        Case "jcmExample"
            JcmExample
        Case "jcmRemove"
            JcmRemove
    End Select
End Sub
