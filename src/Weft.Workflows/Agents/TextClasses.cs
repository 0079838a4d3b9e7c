namespace Weft.Workflows.Agents;

/// <summary>Which kinds of text <see cref="TextRuns"/> tells apart.</summary>
internal enum TextClasses
{
    /// <summary>Words, digits, punctuation, space and ideographs.</summary>
    Words,

    /// <summary>Ids, hex and base64 too, which no vocabulary has words for, and scripts of which vocabularies have few.</summary>
    All,
}
