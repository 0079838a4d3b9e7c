namespace Weft.Language.Expressions.GJson;

/// <param name="Kind">What it takes.</param>
/// <param name="Text">The name, with its escapes resolved.</param>
/// <param name="Pattern">Of a name with wildcards, its parts; else null.</param>
/// <param name="Query">Of a query, its alternatives, each a list of conditions that must all hold.</param>
internal sealed record GJsonSegment(GJsonSegmentKind Kind, string Text, GJsonPattern? Pattern, GJsonCondition[][]? Query)
{
    public bool HasWildcard => Pattern is not null;
}
