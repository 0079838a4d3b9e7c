namespace Weft.Language.Shapes;

/// <summary>What a text must be.</summary>
internal enum TextKind
{
    /// <summary>Any text; a number is taken as written.</summary>
    Plain,

    /// <summary>A name of letters, digits, <c>_</c> and <c>-</c>.</summary>
    Id,

    /// <summary>A template.</summary>
    Template,

    /// <summary>A template, or an expression without braces.</summary>
    Expression,

    /// <summary>A duration such as <c>90s</c> or <c>1h30m</c>; a bare number counts seconds.</summary>
    Duration,

    /// <summary>A duration or a template of one.</summary>
    DurationTemplate,

    /// <summary>A time stamp by RFC 3339.</summary>
    Time,

    /// <summary>When a schedule fires.</summary>
    Cron,
}
