namespace Weft.Api;

/// <summary>A page of a list.</summary>
internal sealed record ItemsAnswer<T>(
    IReadOnlyList<T> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? NextCursor);
