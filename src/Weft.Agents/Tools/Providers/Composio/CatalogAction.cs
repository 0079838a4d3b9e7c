using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>One action of an app, as the catalog knows it. Immutable; its schema is normalised once.</summary>
internal sealed class CatalogAction
{
    private static readonly string[] ReadingVerbs =
        ["get", "list", "fetch", "search", "find", "read", "retrieve", "retrieves", "count", "lookup", "query", "check"];

    private static readonly string[] HintTags = ["readOnlyHint", "destructiveHint", "idempotentHint"];

    private readonly Lazy<JsonObject> _parameters;

    internal CatalogAction(ComposioTool tool)
    {
        Tool = tool;
        Action = ComposioNames.ActionOf(tool);
        var hinted = tool.Tags.Any(HintTags.Contains);
        ReadOnly = Tagged("readOnlyHint") || (!hinted && ReadingVerbs.Contains(Action.Split('_')[0]));
        Idempotent = ReadOnly || Tagged("idempotentHint");
        Destructive = !ReadOnly && Tagged("destructiveHint");
        _parameters = new Lazy<JsonObject>(() => ToolSchema.Normalise(tool.Input));
    }

    /// <summary>Gets the action as Composio lists it.</summary>
    public ComposioTool Tool { get; }

    /// <summary>Gets the app: the toolkit's slug.</summary>
    public string App => Tool.Toolkit;

    /// <summary>Gets the name within the app: <c>get_order</c>.</summary>
    public string Action { get; }

    /// <summary>Gets the name users write: <c>shopify.get_order</c>.</summary>
    public string Name => $"{App}.{Action}";

    public string DisplayName => string.IsNullOrWhiteSpace(Tool.Name) ? Name : Tool.Name;

    /// <summary>
    /// Gets a value indicating whether it changes nothing: its tag says so, or it has no such tags and its name starts with a verb of
    /// reading.
    /// </summary>
    public bool ReadOnly { get; }

    /// <summary>Gets a value indicating whether it may be repeated without harm.</summary>
    public bool Idempotent { get; }

    public bool Destructive { get; }

    /// <summary>Gets a value indicating whether it acts for an entity with a connected account.</summary>
    public bool RequiresAuth => !Tool.NoAuth;

    /// <summary>Gets the parameters' normalised schema. Shared: clone before changing.</summary>
    public JsonObject Parameters => _parameters.Value;

    /// <summary>Gets the display name, the description, and the parameters with their types, for prompts that carry no schema.</summary>
    public string FullDescription => ToolDescription.Full(DisplayName, Tool.Description, Parameters);

    private bool Tagged(string tag) => Tool.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
}
