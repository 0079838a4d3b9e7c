namespace Weft.Language.Expressions.Syntax;

/// <summary>How Go templates order the arguments of a function, whose own order here has the value it works on first.</summary>
internal enum GoOrder
{
    /// <summary>The same.</summary>
    Same,
    /// <summary>The value it works on comes last: <c>replace old new text</c>.</summary>
    ValueLast,
    /// <summary>The value it works on comes second: <c>regexReplaceAll pattern text replacement</c>.</summary>
    ValueSecond,
}
