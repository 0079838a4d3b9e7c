using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>A tool that a name led to, and how it is called.</summary>
internal sealed record ResolvedTool
{
    /// <summary>Gets the name users write.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what limits and statistics go by: the toolkit, or the id of a file's tool.</summary>
    public required string App { get; init; }

    public required string Action { get; init; }

    public required IToolRunner Runner { get; init; }

    /// <summary>Gets the normalised schema of the arguments. Shared: clone before changing.</summary>
    public required JsonObject Parameters { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets a value indicating whether every call of it only reads.</summary>
    public bool ReadOnly { get; init; }

    public bool Idempotent { get; init; }

    public bool Destructive { get; init; }

    /// <summary>Gets a value indicating whether calls need an entity.</summary>
    public bool NeedsEntity { get; init; }

    /// <summary>Gets the longest time of one attempt; null: the product's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how long its answers may be cached; null: as the app's setting says.</summary>
    public TimeSpan? CacheTtl { get; init; }

    /// <summary>Gets arguments that lie under a call's own; templates over the call's arguments and <c>env</c>.</summary>
    public JsonObject? Defaults { get; init; }

    /// <summary>Gets the schema that its answers must fit; null: any answer will do.</summary>
    public JsonObject? Output { get; init; }

    /// <summary>Gets the part of the answer that <see cref="Output"/> describes; null: the whole.</summary>
    public string? OutputPart { get; init; }

    /// <summary>Gets environment entries of the file's tool: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether the tool is of a toolkit, not of the file.</summary>
    public bool OfToolkit { get; init; }

    public ToolReference ToReference() => new(Name, OfToolkit ? App : null, ReadOnly)
    {
        Idempotent = Idempotent,
        Destructive = Destructive,
        Description = ToolDescription.Line(DisplayName ?? Name, Description),
    };

    public ToolSpec ToSpec() =>
        new(Name, ToolReference.ModelNameOf(Name), ToolDescription.Line(DisplayName ?? Name, Description, 1_500), (JsonObject)Parameters.DeepClone());
}
