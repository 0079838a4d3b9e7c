namespace Weft.Runtime.Records;

/// <summary>A page of a list; a null cursor means that it is the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
