namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>One page of a list; a null cursor means that it is the last.</summary>
internal sealed record ComposioPage<T>(IReadOnlyList<T> Items, string? NextCursor);
