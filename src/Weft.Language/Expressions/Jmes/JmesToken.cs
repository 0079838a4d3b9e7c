namespace Weft.Language.Expressions.Jmes;

/// <summary>A token of a JMESPath expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its name or text, decoded.</param>
/// <param name="Offset">Where it begins.</param>
internal readonly record struct JmesToken(JmesTokenKind Kind, string Text, int Offset);
