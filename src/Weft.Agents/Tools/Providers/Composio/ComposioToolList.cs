namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>A list that may not have changed since it was last read.</summary>
/// <param name="Tools">The tools; empty when <paramref name="NotModified"/>.</param>
/// <param name="ETag">The tag of the list, when Composio gave one.</param>
/// <param name="NotModified">Whether the list is still the one of the tag that was sent.</param>
internal sealed record ComposioToolList(IReadOnlyList<ComposioTool> Tools, string? ETag, bool NotModified);
