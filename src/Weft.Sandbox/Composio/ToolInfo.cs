using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>A tool of an app, as the app's document describes it.</summary>
internal sealed record ToolInfo(JsonObject Document, ToolkitInfo Toolkit)
{
    public string Slug { get; } = Document.Str("slug")!; // Every tool has one.

    public string Description => Document.Str("description") ?? string.Empty;

    public JsonObject InputParameters => Document.Obj("input_parameters") ?? [];

    /// <summary>What the tool does, in steps: see <see cref="ActionRun"/>. A tool that was removed has none.</summary>
    public JsonArray? Action => Document.Arr("action");

    public IReadOnlyList<string?> Tags { get; } = [.. (Document.Arr("tags") ?? []).Select(tag => tag.AsText())];

    public bool IsDeprecated => Document.Bool("is_deprecated") == true;

    /// <summary>Only older versions of the toolkit have it.</summary>
    public bool Removed => Document.Bool("removed") == true;

    public bool IsReadOnly => Tags.Contains("readOnlyHint");
}
