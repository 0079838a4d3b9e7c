using System.Text.Json.Nodes;
using Weft.Agents.Tools;
using Weft.Language.Definitions;

namespace Weft.Api.Tests;

/// <summary>
/// A provider of tools as somebody else would write one: a ticket desk. It sees no more of the product than any other assembly does.
/// </summary>
internal sealed class DeskTools : IToolProvider
{
    public DeskTools() =>
        Known = [Tool("find_ticket", "Finds a ticket of the desk.", readOnly: true),
            Tool("close_ticket", "Closes a ticket for good.", readOnly: false)];

    public string Name => "desk";

    public DeskRunner Runner { get; } = new();

    public IReadOnlyCollection<ResolvedTool> Known { get; }

    public Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var tool = definition?.Tools.FirstOrDefault(t => t.Id == name && t.Type == Name) is { } own
            ? Known.First() with { Name = own.Id, App = own.Id, Settings = own.Config, Env = own.Env, Timeout = own.Timeout,
                OfToolkit = false }
            : Known.FirstOrDefault(t => t.Name == name);
        return Task.FromResult<ToolFinding>(tool is null ? new ToolFinding.Missing() : new ToolFinding.Found(tool));
    }

    private ResolvedTool Tool(string action, string description, bool readOnly) => new()
    {
        Name = $"desk.{action}",
        App = "desk",
        Action = action,
        Runner = Runner,
        Parameters = ToolSchema.Normalise(new JsonObject
        {
            ["properties"] = new JsonObject { ["id"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("id"),
        }),
        Description = description,
        ReadOnly = readOnly,
        OfToolkit = true,
    };
}
