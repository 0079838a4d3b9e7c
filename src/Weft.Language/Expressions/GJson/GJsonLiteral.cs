namespace Weft.Language.Expressions.GJson;

/// <summary>What a condition compares with: a text, a number, or one of true, false and null.</summary>
internal sealed record GJsonLiteral(string? Text, double? Number, bool? Flag)
{
    public GJsonPattern? Pattern { get; init; }
}
