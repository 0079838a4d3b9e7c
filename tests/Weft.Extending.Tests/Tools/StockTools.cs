using System.Text.Json.Nodes;
using Weft.Agents.Tools;
using Weft.Language.Definitions;

namespace Weft.Extending.Tests.Tools;

/// <summary>The tools of a warehouse: <c>stock.count</c> looks, <c>stock.take</c> takes away.</summary>
public sealed class StockTools : IToolProvider
{
    private readonly Warehouse _warehouse = new();

    public StockTools() => Known =
    [
        Tool("count", "Tells how many pieces of an item are in stock.", new StockRunner(ToolEffect.Reads, _warehouse.Count)),
        Tool("take", "Takes pieces of an item out of stock.", new StockRunner(ToolEffect.Writes, _warehouse.Take)),
    ];

    public string Name => "stock";

    public IReadOnlyCollection<ResolvedTool> Known { get; }

    public Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var tool = Known.FirstOrDefault(t => t.Name == name) ?? OfFile(definition?.Tools.FirstOrDefault(t => t.Id == name && t.Type == Name));
        return Task.FromResult<ToolFinding>(tool is null ? new ToolFinding.Missing() : new ToolFinding.Found(tool));
    }

    // tools: [{ id: porto, type: stock, config: { … } }]: its calls get the config as their settings.
    private ResolvedTool? OfFile(ToolDefinition? tool) =>
        tool is null ? null : Known.First() with { Name = tool.Id, App = tool.Id, Settings = tool.Config, Env = tool.Env, OfToolkit = false };

    private static ResolvedTool Tool(string action, string description, StockRunner runner) => new()
    {
        Name = $"stock.{action}",
        App = "stock",
        Action = action,
        Runner = runner,
        Description = description,
        ReadOnly = runner.Effect == ToolEffect.Reads,
        OfToolkit = true, // the directory and searches have it
        Parameters = ToolSchema.Normalise(new JsonObject
        {
            ["properties"] = new JsonObject { ["item"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("item"),
        }),
    };
}
