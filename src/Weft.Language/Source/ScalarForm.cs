namespace Weft.Language.Source;

/// <summary>How a scalar was written, as far as it matters to find a place inside it.</summary>
internal enum ScalarForm
{
    /// <summary>Without quotes.</summary>
    Plain,

    /// <summary>In single quotes.</summary>
    SingleQuoted,

    /// <summary>In double quotes, with escapes; every text of JSON.</summary>
    DoubleQuoted,

    /// <summary>A block after <c>|</c> or <c>&gt;</c>.</summary>
    Block,
}
