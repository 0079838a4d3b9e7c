using System.Text.Json.Nodes;
using Weft.Agents.Tools.Composio;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools;

/// <summary>Makes callable tools of what names lead to.</summary>
internal sealed class ToolRunners(ComposioClient client, ComposioAccounts accounts, IEnumerable<IBuiltInTool> builtIns)
{
    private readonly Dictionary<string, ResolvedTool> _builtIns = builtIns.ToDictionary(b => b.Name, Resolve, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> BuiltInNames => _builtIns.Keys;

    public ResolvedTool? BuiltIn(string name) => _builtIns.GetValueOrDefault(name);

    /// <summary>An action of Composio as a tool.</summary>
    public ResolvedTool OfAction(CatalogAction action) => new()
    {
        Name = action.Name,
        App = action.App,
        Action = action.Action,
        Runner = new ComposioRunner(action, client, accounts),
        Parameters = action.Parameters,
        DisplayName = action.DisplayName,
        Description = action.Tool.Description,
        ReadOnly = action.ReadOnly,
        Idempotent = action.Idempotent,
        Destructive = action.Destructive,
        NeedsEntity = action.RequiresAuth,
        OfToolkit = true,
    };

    /// <summary>A tool of the definition; null when the name means none of them.</summary>
    public OwnTool? OfDefinition(string name, WorkflowDefinition definition)
    {
        var tool = definition.Tools.FirstOrDefault(t => t.Id == name);
        if (tool is null)
        {
            return null;
        }

        return tool.Type switch
        {
            "composio" => tool.Config.Text("action") is { } action
                ? new OwnTool(null, tool.Config.Text("app") is { } app && !action.Contains('.', StringComparison.Ordinal) ? $"{app}.{action}" : action, null)
                : new OwnTool(null, null, new ToolFailure("unknown_tool", $"The tool '{tool.Id}' is of type composio and names no config.action.", Retryable: false)),
            _ => new OwnTool(null, null, new ToolFailure(
                "unavailable", $"The tool '{tool.Id}' is of type '{tool.Type}', which cannot be run yet. Offer it over HTTP (type http) or as an action of Composio.", Retryable: false)),
        };
    }

    private static ResolvedTool Resolve(IBuiltInTool tool) => new()
    {
        Name = tool.Name,
        App = "weft",
        Action = tool.Name,
        Runner = tool,
        Parameters = ToolSchema.Normalise(tool.Schema),
        Description = tool.Description,
        ReadOnly = true,
        Idempotent = true,
    };
}

/// <summary>What a tool of a definition leads to: a tool, another name, or a failure.</summary>
internal sealed record OwnTool(ResolvedTool? Tool, string? Alias, ToolFailure? Failure);

/// <summary>A tool that the product brings along. Built-in tools only read.</summary>
internal interface IBuiltInTool : IToolRunner
{
    string Name { get; }

    string Description { get; }

    JsonObject Schema { get; }
}
