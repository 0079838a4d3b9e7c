namespace Weft.Language.Diagnostics;

/// <summary>The codes of findings. A code is never reused; docs/diagnostics.md explains each with an example.</summary>
public static class DiagnosticCodes
{
    // 10xx: the text and its shape.
    /// <summary><c>WEFT1001</c>: not valid YAML or JSON.</summary>
    public const string Syntax = "WEFT1001";
    /// <summary><c>WEFT1002</c>: indented with a tab.</summary>
    public const string Tab = "WEFT1002";
    /// <summary><c>WEFT1003</c>: the same key twice.</summary>
    public const string DuplicateKey = "WEFT1003";
    /// <summary><c>WEFT1004</c>: several documents.</summary>
    public const string SeveralDocuments = "WEFT1004";
    /// <summary><c>WEFT1005</c>: not a mapping.</summary>
    public const string NotAMapping = "WEFT1005";
    /// <summary><c>WEFT1006</c>: unknown key.</summary>
    public const string UnknownKey = "WEFT1006";
    /// <summary><c>WEFT1007</c>: wrong type.</summary>
    public const string WrongType = "WEFT1007";
    /// <summary><c>WEFT1008</c>: something is missing.</summary>
    public const string Missing = "WEFT1008";
    /// <summary><c>WEFT1009</c>: not one of the allowed words.</summary>
    public const string NotAllowed = "WEFT1009";
    /// <summary><c>WEFT1010</c>: an id twice.</summary>
    public const string DuplicateId = "WEFT1010";
    /// <summary><c>WEFT1011</c>: not an id.</summary>
    public const string BadId = "WEFT1011";
    /// <summary><c>WEFT1012</c>: no dialect.</summary>
    public const string NoDialect = "WEFT1012";
    /// <summary><c>WEFT1013</c>: another version of the language.</summary>
    public const string LanguageVersion = "WEFT1013";
    /// <summary><c>WEFT1014</c>: has no effect (warning).</summary>
    public const string NoEffect = "WEFT1014";
    /// <summary><c>WEFT1015</c>: keys that exclude each other.</summary>
    public const string Exclusive = "WEFT1015";
    /// <summary><c>WEFT1016</c>: out of range.</summary>
    public const string OutOfRange = "WEFT1016";
    /// <summary><c>WEFT1017</c>: not a duration.</summary>
    public const string BadDuration = "WEFT1017";
    /// <summary><c>WEFT1018</c>: not a regular expression.</summary>
    public const string BadPattern = "WEFT1018";
    /// <summary><c>WEFT1019</c>: not a JSON Schema.</summary>
    public const string BadSchema = "WEFT1019";
    /// <summary><c>WEFT1020</c>: unknown schema.</summary>
    public const string UnknownSchema = "WEFT1020";
    /// <summary><c>WEFT1021</c>: not a time or a schedule.</summary>
    public const string BadTime = "WEFT1021";
    /// <summary><c>WEFT1022</c>: an alias that cannot be.</summary>
    public const string BadAlias = "WEFT1022";
    /// <summary><c>WEFT1023</c>: an unknown tag.</summary>
    public const string BadTag = "WEFT1023";
    /// <summary><c>WEFT1024</c>: a key that is no text.</summary>
    public const string BadKey = "WEFT1024";

    // 11xx: graphs.
    /// <summary><c>WEFT1101</c>: unknown node.</summary>
    public const string UnknownNode = "WEFT1101";
    /// <summary><c>WEFT1102</c>: a circle.</summary>
    public const string Cycle = "WEFT1102";
    /// <summary><c>WEFT1103</c>: not connected (warning).</summary>
    public const string Unreachable = "WEFT1103";
    /// <summary><c>WEFT1104</c>: a node that does nothing.</summary>
    public const string NoWork = "WEFT1104";
    /// <summary><c>WEFT1105</c>: the same edge twice (warning).</summary>
    public const string RepeatedEdge = "WEFT1105";
    /// <summary><c>WEFT1106</c>: a result of no node (warning).</summary>
    public const string UnknownReference = "WEFT1106";
    /// <summary><c>WEFT1107</c>: a result that is not there yet (warning).</summary>
    public const string NotBefore = "WEFT1107";

    // 12xx: tasks.
    /// <summary><c>WEFT1201</c>: unknown task.</summary>
    public const string UnknownTask = "WEFT1201";
    /// <summary><c>WEFT1202</c>: never reached (warning).</summary>
    public const string NeverReached = "WEFT1202";
    /// <summary><c>WEFT1203</c>: means nothing to this task.</summary>
    public const string WrongTaskType = "WEFT1203";
    /// <summary><c>WEFT1204</c>: unknown action.</summary>
    public const string UnknownAction = "WEFT1204";
    /// <summary><c>WEFT1205</c>: nothing is asked.</summary>
    public const string NothingAsked = "WEFT1205";
    /// <summary><c>WEFT1206</c>: a result of no task (warning).</summary>
    public const string UnknownTaskReference = "WEFT1206";
    /// <summary><c>WEFT1207</c>: a memory operation lacks what it needs.</summary>
    public const string MemoryOperation = "WEFT1207";
    /// <summary><c>WEFT1208</c>: a strategy that a composite cannot have.</summary>
    public const string Strategy = "WEFT1208";
    /// <summary><c>WEFT1209</c>: routes of truth are missing (warning).</summary>
    public const string RoutesOfTruth = "WEFT1209";

    // 13xx: steps.
    /// <summary><c>WEFT1301</c>: unknown step.</summary>
    public const string UnknownStep = "WEFT1301";
    /// <summary><c>WEFT1302</c>: an action without its app.</summary>
    public const string ActionWithoutApp = "WEFT1302";

    // 14xx: directives.
    /// <summary><c>WEFT1401</c>: cannot be read.</summary>
    public const string DirectiveSyntax = "WEFT1401";
    /// <summary><c>WEFT1402</c>: no such scope.</summary>
    public const string DirectiveScope = "WEFT1402";
    /// <summary><c>WEFT1403</c>: leads to nothing.</summary>
    public const string DirectiveMiss = "WEFT1403";
    /// <summary><c>WEFT1404</c>: references in a circle.</summary>
    public const string DirectiveCycle = "WEFT1404";
    /// <summary><c>WEFT1405</c>: directives that cannot stand together.</summary>
    public const string DirectiveMix = "WEFT1405";
    /// <summary><c>WEFT1406</c>: cannot be merged.</summary>
    public const string DirectiveMerge = "WEFT1406";
    /// <summary><c>WEFT1407</c>: no such directive.</summary>
    public const string UnknownDirective = "WEFT1407";
    /// <summary><c>WEFT1408</c>: taken by default (warning).</summary>
    public const string DirectiveDefault = "WEFT1408";

    // 15xx: templates and conditions.
    /// <summary><c>WEFT1501</c>: a template that cannot be read.</summary>
    public const string BadTemplate = "WEFT1501";
    /// <summary><c>WEFT1502</c>: a JMESPath expression that cannot be read.</summary>
    public const string BadJmesPath = "WEFT1502";
    /// <summary><c>WEFT1503</c>: a condition that cannot be read.</summary>
    public const string BadExpression = "WEFT1503";

    // 16xx: agents, models, tools.
    /// <summary><c>WEFT1601</c>: unknown agent.</summary>
    public const string UnknownAgent = "WEFT1601";
    /// <summary><c>WEFT1602</c>: unknown profile.</summary>
    public const string UnknownProfile = "WEFT1602";
    /// <summary><c>WEFT1603</c>: unknown model.</summary>
    public const string UnknownModel = "WEFT1603";
    /// <summary><c>WEFT1604</c>: unknown tool.</summary>
    public const string UnknownTool = "WEFT1604";
    /// <summary><c>WEFT1605</c>: a secret in clear.</summary>
    public const string SecretInClear = "WEFT1605";
    /// <summary><c>WEFT1606</c>: an action that its app does not list (warning).</summary>
    public const string UnlistedAction = "WEFT1606";
    /// <summary><c>WEFT1607</c>: several default models.</summary>
    public const string SeveralDefaults = "WEFT1607";
    /// <summary><c>WEFT1608</c>: unknown memory.</summary>
    public const string UnknownMemory = "WEFT1608";
    /// <summary><c>WEFT1609</c>: a tool that is not whole.</summary>
    public const string ToolIncomplete = "WEFT1609";
    /// <summary><c>WEFT1610</c>: unknown workflow.</summary>
    public const string UnknownWorkflow = "WEFT1610";

    // 17xx: projects.
    /// <summary><c>WEFT1701</c>: not a path of the project.</summary>
    public const string BadSource = "WEFT1701";
    /// <summary><c>WEFT1702</c>: no such file.</summary>
    public const string FileNotFound = "WEFT1702";
    /// <summary><c>WEFT1703</c>: a pattern that cannot be used.</summary>
    public const string BadGlob = "WEFT1703";
    /// <summary><c>WEFT1704</c>: an autoloaded file that does not say what it holds.</summary>
    public const string BadResource = "WEFT1704";

    // 19xx: limits, and what only the registry can tell.
    /// <summary><c>WEFT1900</c>: another id than the address.</summary>
    public const string OtherId = "WEFT1900";
    /// <summary><c>WEFT1901</c>: the text is too long.</summary>
    public const string TextTooLong = "WEFT1901";
    /// <summary><c>WEFT1902</c>: nested too deep.</summary>
    public const string NestedTooDeep = "WEFT1902";
    /// <summary><c>WEFT1903</c>: too many values.</summary>
    public const string TooManyValues = "WEFT1903";
    /// <summary><c>WEFT1904</c>: tasks nested too deep.</summary>
    public const string TasksNestedTooDeep = "WEFT1904";
    /// <summary><c>WEFT1905</c>: too many nodes, tasks or steps.</summary>
    public const string TooManySteps = "WEFT1905";
    /// <summary><c>WEFT1906</c>: more findings.</summary>
    public const string TooManyFindings = "WEFT1906";
    /// <summary><c>WEFT1910</c>: the schedule cannot be kept.</summary>
    public const string ScheduleRefused = "WEFT1910";
}
