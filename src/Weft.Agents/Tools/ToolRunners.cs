using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Agents.Tools.Composio;
using Weft.Agents.Tools.Http;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>Makes callable tools of what names lead to.</summary>
internal sealed class ToolRunners(
    ComposioClient client,
    ComposioCatalog catalog,
    ComposioAccounts accounts,
    IEnumerable<IBuiltInTool> builtIns,
    IHttpClientFactory clients,
    ToolSecrets secrets,
    IOptions<ToolOptions> options,
    TimeProvider time)
{
    private readonly Dictionary<string, ResolvedTool> _builtIns = builtIns.ToDictionary(b => b.Name, Resolve, StringComparer.OrdinalIgnoreCase);
    private readonly HttpToolServices _http = new(clients, secrets, options.Value, time);

    public IReadOnlyCollection<string> BuiltInNames => _builtIns.Keys;

    public ResolvedTool? BuiltIn(string name) => _builtIns.GetValueOrDefault(name);

    /// <summary>An action of Composio as a tool.</summary>
    public ResolvedTool OfAction(CatalogAction action) => new()
    {
        Name = action.Name,
        App = action.App,
        Action = action.Action,
        Runner = new ComposioRunner(action, client, catalog, accounts),
        Parameters = action.Parameters,
        DisplayName = action.DisplayName,
        Description = action.Tool.Description,
        ReadOnly = action.ReadOnly,
        Idempotent = action.Idempotent,
        Destructive = action.Destructive,
        NeedsEntity = action.RequiresAuth,
        OfToolkit = true,
    };

    /// <summary>A tool of the definition, by its id, or by <c>id.method</c> when its schema has an <c>action</c>; null when the name means none of them.</summary>
    public OwnTool? OfDefinition(string name, WorkflowDefinition definition)
    {
        if (definition.Tools.FirstOrDefault(t => t.Id == name) is { } tool)
        {
            return Own(tool, definition);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && definition.Tools.FirstOrDefault(t => t.Id == name[..dot]) is { Type: "http" } owner ? Method(owner, name[(dot + 1)..], definition) : null;
    }

    private OwnTool Own(ToolDefinition tool, WorkflowDefinition definition) => tool.Type switch
    {
        "http" => new OwnTool(OfHttp(tool, definition), null, null),
        "composio" => tool.Config.Text("action") is { } action
            ? new OwnTool(null, tool.Config.Text("app") is { } app && !action.Contains('.', StringComparison.Ordinal) ? $"{app}.{action}" : action, null) { Definition = tool }
            : new OwnTool(null, null, new ToolFailure("unknown_tool", $"The tool '{tool.Id}' is of type composio and names no config.action.", Retryable: false)),
        _ => new OwnTool(null, null, new ToolFailure(
            "unavailable", $"The tool '{tool.Id}' is of type '{tool.Type}', which cannot be run yet. Offer it over HTTP (type http) or as an action of Composio.", Retryable: false)),
    };

    private ResolvedTool OfHttp(ToolDefinition tool, WorkflowDefinition definition)
    {
        var method = tool.Config.Text("method")?.ToUpperInvariant();
        var methods = (tool.InputSchema?["properties"] as JsonObject)?["method"].Texts("enum").Select(m => m.ToUpperInvariant()).ToList() ?? [];
        var readOnly = method is "GET" or "HEAD" || (method is null && methods.Count > 0 && methods.All(m => m is "GET" or "HEAD"));
        return new ResolvedTool
        {
            Name = tool.Id,
            App = tool.Id,
            Action = method?.ToLowerInvariant() ?? "call",
            Runner = new HttpToolRunner(tool, definition, _http),
            Parameters = ToolSchema.Normalise(HttpToolSettings.SchemaOf(tool)),
            Description = tool.Description,
            ReadOnly = readOnly,
            Idempotent = readOnly || tool.Idempotent == true,
            Timeout = tool.Timeout,
            CacheTtl = tool.Config.Text("cache_ttl") is { } ttl && DurationText.TryParse(ttl, out var time) && time > TimeSpan.Zero ? time : null,
            Defaults = tool.With,
            Env = tool.Env,
            Output = tool.OutputSchema,
            OutputPart = HttpToolSettings.DescribesData(tool.OutputSchema) ? "data" : null,
        };
    }

    /// <summary>An action of Composio as a tool of the file has it: with what the file says over what Composio says.</summary>
    public static ResolvedTool OfFile(ResolvedTool action, ToolDefinition tool) => action with
    {
        Description = tool.Description ?? action.Description,
        Parameters = tool.InputSchema is { } schema ? ToolSchema.Normalise(schema) : action.Parameters,
        Timeout = tool.Timeout ?? action.Timeout,
        Defaults = tool.With,
        Env = tool.Env,
        Output = tool.OutputSchema,
    };

    /// <summary>A method of a tool that takes an <c>action</c>: the word after the dot is the action, whatever the schema's list says.</summary>
    private OwnTool? Method(ToolDefinition tool, string action, WorkflowDefinition definition)
    {
        if ((tool.InputSchema?["properties"] as JsonObject)?.ContainsKey("action") != true)
        {
            return null;
        }

        var resolved = OfHttp(tool, definition);
        var parameters = (JsonObject)resolved.Parameters.DeepClone();
        parameters["properties"]!["action"] = new JsonObject { ["const"] = action }; // a normalised schema has properties
        var defaults = (JsonObject?)tool.With?.DeepClone() ?? [];
        defaults["action"] = action;
        return new OwnTool(resolved with { Name = $"{tool.Id}.{action}", Action = action, Parameters = parameters, Defaults = defaults }, null, null);
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
