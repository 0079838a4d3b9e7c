using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Http;

/// <summary>The tools of files that are made of HTTP requests.</summary>
internal sealed class HttpTools(IHttpClientFactory clients, IOptions<ToolOptions> options, TimeProvider time) : IToolProvider
{
    private readonly HttpToolServices _services = new(clients, options.Value, time);

    public string Name => "http";

    public IReadOnlyCollection<ResolvedTool> Known => [];

    /// <summary>A tool of the definition, by its id, or by <c>id.method</c> when its schema has an <c>action</c>.</summary>
    public Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var tool = definition is null ? null
            : Own(definition, name) is { } whole ? OfFile(whole)
            : dot > 0 && Own(definition, name[..dot]) is { } owner ? Method(owner, name[(dot + 1)..]) : null;
        return Task.FromResult<ToolFinding>(tool is null ? new ToolFinding.Missing() : new ToolFinding.Found(tool));
    }

    private ToolDefinition? Own(WorkflowDefinition definition, string id) =>
        definition.Tools.FirstOrDefault(t => t.Id == id && t.Type == Name);

    private ResolvedTool OfFile(ToolDefinition tool)
    {
        var method = tool.Config.Text("method")?.ToUpperInvariant();
        var methods =
            (tool.InputSchema?["properties"] as JsonObject)?["method"].Texts("enum").Select(m => m.ToUpperInvariant()).ToList() ?? [];
        var readOnly = method is "GET" or "HEAD" || (method is null && methods.Count > 0 && methods.All(m => m is "GET" or "HEAD"));
        return new ResolvedTool
        {
            Name = tool.Id,
            App = tool.Id,
            Action = method?.ToLowerInvariant() ?? "call",
            Runner = new HttpToolRunner(tool, _services),
            Parameters = ToolSchema.Normalise(HttpToolSettings.SchemaOf(tool)),
            Description = tool.Description,
            ReadOnly = readOnly,
            Idempotent = readOnly || tool.Idempotent == true,
            Timeout = tool.Timeout,
            CacheTtl = tool.Config.Text("cache_ttl") is { } ttl && DurationText.TryParse(ttl, out var time) && time > TimeSpan.Zero ? time
                : null,
            Defaults = tool.With,
            Settings = tool.Config ?? [],
            Env = tool.Env,
            Output = tool.OutputSchema,
            OutputPart = HttpToolSettings.DescribesData(tool.OutputSchema) ? "data" : null,
        };
    }

    /// <summary>
    /// A method of a tool that takes an <c>action</c>: the word after the dot is the action, whatever the schema's list says.
    /// </summary>
    private ResolvedTool? Method(ToolDefinition tool, string action)
    {
        if ((tool.InputSchema?["properties"] as JsonObject)?.ContainsKey("action") != true)
        {
            return null;
        }

        var resolved = OfFile(tool);
        var parameters = (JsonObject)resolved.Parameters.DeepClone();
        parameters["properties"]!["action"] = new JsonObject { ["const"] = action }; // a normalised schema has properties
        var defaults = (JsonObject?)tool.With?.DeepClone() ?? [];
        defaults["action"] = action;
        return resolved with { Name = $"{tool.Id}.{action}", Action = action, Parameters = parameters, Defaults = defaults };
    }
}
