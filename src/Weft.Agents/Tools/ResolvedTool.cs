using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>A tool that a name led to, and how it is called.</summary>
public sealed record ResolvedTool
{
    /// <summary>Gets the name users write.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what limits and statistics go by: the toolkit, or the id of a file's tool.</summary>
    public required string App { get; init; }

    /// <summary>Gets the name within the app, for statistics.</summary>
    public required string Action { get; init; }

    /// <summary>Gets what calls it.</summary>
    public required IToolRunner Runner { get; init; }

    /// <summary>Gets the schema of the arguments, as <see cref="ToolSchema.Normalise"/> makes it. Shared: clone before changing.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Gets the name for people; null: <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets what it does, for people and models.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a value indicating whether every call of it only reads.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets a value indicating whether every call of it may be repeated without harm.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Gets a value indicating whether it removes or overwrites something that cannot be brought back.</summary>
    public bool Destructive { get; init; }

    /// <summary>Gets a value indicating whether calls act for an entity: an agent's calls name the one that the app acts for.</summary>
    public bool ActsForEntities { get; init; }

    /// <summary>Gets a value indicating whether calls without an entity are refused.</summary>
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

    /// <summary>
    /// Gets settings of its own; templates over the call's arguments, <c>tool.id</c>, <c>workflow.id</c> and <c>env</c>. Null: it has none.
    /// </summary>
    /// <remarks>
    /// They are rendered and given to each attempt (<see cref="ToolAttempt.Settings"/>), so that no runner looks secrets up.
    /// </remarks>
    public JsonObject? Settings { get; init; }

    /// <summary>Gets environment entries of the file's tool: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Gets a value indicating whether the tool is of a toolkit that others offer: the directory has it, its app has a rate, and it knows
    /// the defaults of its arguments.
    /// </summary>
    /// <value>The default is false: the tool is of a file, or part of this product.</value>
    public bool OfToolkit { get; init; }

    /// <summary>Gets a value indicating whether it is no longer offered; it can be called all the same.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Gets what its provider says of its answers, for the directory alone; null: nothing.</summary>
    public JsonObject? AnswerSchema { get; init; }

    /// <summary>Gets the provider's own name for it; null: it has none.</summary>
    public string? Slug { get; init; }

    /// <summary>Gets the version of the toolkit that it is of; null: not known.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the name of the provider that found it.</summary>
    internal string? Provider { get; init; }

    internal ToolReference ToReference() => new(Name, ActsForEntities ? App : null, ReadOnly)
    {
        Idempotent = Idempotent,
        Destructive = Destructive,
        Description = ToolDescription.Line(DisplayName ?? Name, Description),
    };

    internal ToolSpec ToSpec() =>
        new(Name, ToolReference.ModelNameOf(Name), ToolDescription.Line(DisplayName ?? Name, Description, 1_500),
            (JsonObject)Parameters.DeepClone());
}
