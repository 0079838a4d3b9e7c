using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>An app, as its document in <c>Toolkits</c> describes it.</summary>
internal sealed record ToolkitInfo(JsonObject Document)
{
    public string Slug { get; } = Document.Str("slug")!; // Every document names its toolkit.

    public string Version => Document.Str("version")!; // Every toolkit has versions.

    public bool NoAuth => Document.Bool("no_auth") == true;

    public bool HasManagedAuth => Document.Arr("composio_managed_auth_schemes") is { Count: > 0 };

    public IEnumerable<string?> Versions => Document.Arr("available_versions")!.Select(version => version.AsText()); // As above.

    public IEnumerable<JsonNode?> Categories => Document.Arr("categories") ?? [];
}
