namespace Weft.Language.Diagnostics;

/// <summary>The codes of findings. A code is never reused; docs/diagnostics.md explains each with an example.</summary>
public static class DiagnosticCodes
{
    // 10xx: the text and its shape.
    public const string Syntax = "WEFT1001";
    public const string Tab = "WEFT1002";
    public const string DuplicateKey = "WEFT1003";
    public const string SeveralDocuments = "WEFT1004";
    public const string NotAMapping = "WEFT1005";
    public const string UnknownKey = "WEFT1006";
    public const string WrongType = "WEFT1007";
    public const string Missing = "WEFT1008";
    public const string NotAllowed = "WEFT1009";
    public const string DuplicateId = "WEFT1010";
    public const string BadId = "WEFT1011";
    public const string NoDialect = "WEFT1012";
    public const string LanguageVersion = "WEFT1013";
    public const string NoEffect = "WEFT1014";
    public const string Exclusive = "WEFT1015";
    public const string OutOfRange = "WEFT1016";
    public const string BadDuration = "WEFT1017";
    public const string BadPattern = "WEFT1018";
    public const string BadSchema = "WEFT1019";
    public const string UnknownSchema = "WEFT1020";
    public const string BadTime = "WEFT1021";
    public const string BadAlias = "WEFT1022";
    public const string BadTag = "WEFT1023";
    public const string BadKey = "WEFT1024";

    // 11xx: graphs.
    public const string UnknownNode = "WEFT1101";
    public const string Cycle = "WEFT1102";
    public const string Unreachable = "WEFT1103";
    public const string NoWork = "WEFT1104";
    public const string RepeatedEdge = "WEFT1105";
    public const string UnknownReference = "WEFT1106";
    public const string NotBefore = "WEFT1107";

    // 12xx: tasks.
    public const string UnknownTask = "WEFT1201";
    public const string NeverReached = "WEFT1202";
    public const string WrongTaskType = "WEFT1203";
    public const string UnknownAction = "WEFT1204";
    public const string NothingAsked = "WEFT1205";
    public const string UnknownTaskReference = "WEFT1206";
    public const string MemoryOperation = "WEFT1207";
    public const string Strategy = "WEFT1208";
    public const string RoutesOfTruth = "WEFT1209";

    // 13xx: steps.
    public const string UnknownStep = "WEFT1301";
    public const string ActionWithoutApp = "WEFT1302";

    // 14xx: directives.
    public const string DirectiveSyntax = "WEFT1401";
    public const string DirectiveScope = "WEFT1402";
    public const string DirectiveMiss = "WEFT1403";
    public const string DirectiveCycle = "WEFT1404";
    public const string DirectiveMix = "WEFT1405";
    public const string DirectiveMerge = "WEFT1406";
    public const string UnknownDirective = "WEFT1407";
    public const string DirectiveDefault = "WEFT1408";

    // 15xx: templates and conditions.
    public const string BadTemplate = "WEFT1501";
    public const string BadJmesPath = "WEFT1502";
    public const string BadExpression = "WEFT1503";

    // 16xx: agents, models, tools.
    public const string UnknownAgent = "WEFT1601";
    public const string UnknownProfile = "WEFT1602";
    public const string UnknownModel = "WEFT1603";
    public const string UnknownTool = "WEFT1604";
    public const string SecretInClear = "WEFT1605";
    public const string UnlistedAction = "WEFT1606";
    public const string SeveralDefaults = "WEFT1607";
    public const string UnknownMemory = "WEFT1608";
    public const string ToolIncomplete = "WEFT1609";
    public const string UnknownWorkflow = "WEFT1610";

    // 17xx: projects.
    public const string BadSource = "WEFT1701";
    public const string FileNotFound = "WEFT1702";
    public const string BadGlob = "WEFT1703";
    public const string BadResource = "WEFT1704";

    // 19xx: limits, and what only the registry can tell.
    public const string OtherId = "WEFT1900";
    public const string TextTooLong = "WEFT1901";
    public const string NestedTooDeep = "WEFT1902";
    public const string TooManyValues = "WEFT1903";
    public const string TasksNestedTooDeep = "WEFT1904";
    public const string TooManySteps = "WEFT1905";
    public const string TooManyFindings = "WEFT1906";
    public const string ScheduleRefused = "WEFT1910";
}
