using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>The tools.</summary>
internal sealed partial class Library
{
    private readonly List<ToolDefinition> _tools = [];
    private readonly Dictionary<string, SourceNode> _toolIds = [];
    private readonly Dictionary<SourceMap, string> _toolsBySource = new(SourceMap.ByText);

    public IReadOnlyList<ToolDefinition> Tools => _tools;

    /// <summary>The name of a tool: a text as it is; a tool written out under its id.</summary>
    public string? ToolName(SourceNode? node)
    {
        switch (node)
        {
            case SourceScalar name:
                return CheckedTool(name);
            case SourceMap map when _toolsBySource.TryGetValue(map, out var known):
                return known;
            case SourceMap map when map.Scalar("id") is { } id:
                return IsSelector(map) ? CheckedTool(id) : AddTool(map, id);
            case SourceMap map:
                Bag.Error(DiagnosticCodes.Missing, map, "A tool needs 'id'.");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Tool specs of a list: texts (each may be a comma list), ids, and tools written out.</summary>
    public IReadOnlyList<string> ToolSpecs(SourceMap owner, string key)
    {
        var specs = new List<string>();
        foreach (var item in owner.Items(key))
        {
            if (item is SourceScalar text)
            {
                foreach (var spec in text.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    specs.Add(CheckedSpec(spec, text));
                }
            }
            else if (ToolName(item) is { } name)
            {
                specs.Add(name);
            }
        }

        foreach (var server in owner.Items("mcps"))
        {
            if ((server as SourceScalar ?? (server as SourceMap)?.Scalar("id")) is { } id)
            {
                specs.Add(CheckedTool(id));
            }
        }

        return specs;
    }

    private static bool IsSelector(SourceMap map) => map.Entries.All(e => e.Key.Text is "id" or "resource");

    private string CheckedSpec(string spec, SourceScalar at) =>
        spec.Contains('.', StringComparison.Ordinal) || spec.Contains('*', StringComparison.Ordinal) ? CheckedAction(spec, at)
            : CheckedTool(at, spec);

    private string CheckedTool(SourceScalar at, string? name = null)
    {
        name ??= at.Text;
        if (name.Contains("{{", StringComparison.Ordinal))
        {
            Bag.Error(DiagnosticCodes.UnknownTool, at,
                "A tool is named outright, not by a template. Use conditions or a router to choose among tools.");
            return name;
        }

        if (_toolIds.ContainsKey(name) || IsSlug(name))
        {
            return name;
        }

        if (_context.Options.Project?.Tools.FirstOrDefault(t => t.Id == name) is { } global)
        {
            _tools.Add(global);
            _toolIds[name] = at;
            return name;
        }

        if (name.Contains('.', StringComparison.Ordinal))
        {
            return CheckedAction(name, at);
        }

        var apps = _context.Root.Map("composio")?.Items("apps").Select(AppName).OfType<string>() ?? [];
        if (apps.Contains(name))
        {
            return $"{name}.*";
        }

        var known = _toolIds.Keys.Concat(_context.Options.Project?.Tools.Select(t => t.Id) ?? []).ToList();
        Bag.Error(
            DiagnosticCodes.UnknownTool,
            at,
            $"No tool has the id '{name}'.{NearMiss.HintOrList(name, known, "Known tools")} An app's action is written 'app.action', all "
            + $"of an app 'app.*'.");
        return name;
    }

    /// <summary>Warns of an action that its app's own list leaves out.</summary>
    private string CheckedAction(string spec, SourceScalar at)
    {
        var dot = spec.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || spec.EndsWith(".*", StringComparison.Ordinal))
        {
            return spec;
        }

        foreach (var app in _context.Root.Map("composio")?.Maps("apps") ?? [])
        {
            var actions = app.Texts("actions");
            if (app.Text("name") == spec[..dot] && actions.Count > 0 && !actions.Contains(spec[(dot + 1)..]))
            {
                Bag.Warn(
                    DiagnosticCodes.UnlistedAction,
                    at,
                    $"'{spec}' is not among the actions of '{spec[..dot]}' in "
                    + $"'composio.apps'.{NearMiss.HintOrList(spec[(dot + 1)..], actions, "Listed")} It can be used all the same, since "
                    + $"it is named here; list it, too.");
            }
        }

        return spec;
    }

    private static bool IsSlug(string name) =>
        name.Contains('_', StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private static string? AppName(SourceNode app) => (app as SourceScalar)?.Text ?? (app as SourceMap)?.Text("name");

    private void ReadTools()
    {
        foreach (var map in _context.Root.Maps("tools"))
        {
            if (map.Scalar("id") is { } id)
            {
                AddTool(map, id);
            }
        }

        foreach (var map in _context.Root.Maps("mcps"))
        {
            if (map.Scalar("id") is { } id && Claim(_toolIds, id, "tool", Bag))
            {
                _tools.Add(McpServer(map, id));
            }
        }
    }

    private string AddTool(SourceMap map, SourceScalar id)
    {
        _toolsBySource[map] = id.Text;
        if (!Claim(_toolIds, id, "tool", Bag))
        {
            return id.Text;
        }

        var config = map.JsonObject("config");
        var type = map.Text("type") ?? TypeOf(map, config);
        if (type is null)
        {
            Bag.Error(
                DiagnosticCodes.ToolIncomplete,
                map,
                $"The tool '{id.Text}' does nothing. Give it a 'type', and 'execute' (a script) or 'config' with 'base_url' (http), "
                + $"'command' (mcp, shell) or 'app' (composio).");
        }
        else if (type is "javascript" or "typescript" or "python" && map.Text("execute") is null && config?["file"] is null)
        {
            Bag.Error(DiagnosticCodes.ToolIncomplete, map,
                $"The tool '{id.Text}' is a {type} script without code. Write it under 'execute'.");
        }
        else if (type == "http" && config?["base_url"] is null && config?["url"] is null)
        {
            Bag.Error(DiagnosticCodes.ToolIncomplete, map, $"The tool '{id.Text}' needs 'config.base_url'.");
        }

        WarnOfIdle(map, id, type);
        SecretScan.CheckSettings(map.Value("config"), Bag);
        SecretScan.CheckSettings(map.Value("env"), Bag);
        _tools.Add(new ToolDefinition
        {
            Id = id.Text,
            Type = type ?? "javascript",
            Description = map.Text("description"),
            Config = config,
            Execute = map.Text("execute"),
            InputSchema = Schema(map, "input"),
            OutputSchema = Schema(map, "output"),
            With = map.JsonObject("with"),
            Timeout = map.Duration("timeout"),
            Env = map.TextMap("env"),
            Idempotent = map.Bool("idempotent"),
        });
        return id.Text;
    }

    /// <summary>Warns of what a tool of its type can make nothing of, and of types that cannot be called yet.</summary>
    private void WarnOfIdle(SourceMap map, SourceScalar id, string? type)
    {
        IReadOnlyList<string>? settings = type switch
        {
            "http" => ["base_url", "url", "method", "endpoint", "path", "headers", "query", "params", "body", "data", "idempotency_header",
                "cache_ttl"],
            "composio" => ["app", "action"],
            _ => null,
        };
        if (settings is null)
        {
            if (type is not null)
            {
                WarnOfUncallable(id, type);
            }

            return;
        }

        foreach (var (key, _) in map.Map("config")?.Entries ?? [])
        {
            if (!settings.Contains(key.Text))
            {
                Bag.Warn(DiagnosticCodes.NoEffect, key,
                    $"'{key.Text.Clip(60)}' has no effect: it is no setting of a tool of the type "
                    + $"{type}.{NearMiss.HintOrList(key.Text, settings, "Settings", 12)}");
            }
        }

        string[] idle = type == "http" ? ["execute"] : ["execute", "idempotent"];
        foreach (var name in idle)
        {
            if (map.Find(name) is { } entry)
            {
                var why = name == "idempotent" ? "whether an action may be repeated is known from Composio."
                    : $"a tool of the type {type} runs no code.";
                Bag.Warn(DiagnosticCodes.NoEffect, entry.Key, $"'{entry.Key.Text}' has no effect: {why}");
            }
        }
    }

    private void WarnOfUncallable(SourceScalar id, string type)
    {
        if (!_context.Options.ToolTypes.Contains(type))
        {
            Bag.Warn(
                DiagnosticCodes.NoEffect,
                id,
                $"The tool '{id.Text}' is of the type {type}, which cannot be called yet: a call of it fails. "
                + "Offer it over HTTP (type http), or as an action of Composio.");
        }
    }

    private static string? TypeOf(SourceMap map, JsonObject? config)
    {
        if (map.Text("execute") is not null)
        {
            return "javascript";
        }

        return config switch
        {
            null => null,
            _ when config.ContainsKey("base_url") => "http",
            _ when config.ContainsKey("app") => "composio",
            _ when config.ContainsKey("command") || config.ContainsKey("transport") => "mcp",
            _ when config.ContainsKey("url") => "http",
            _ => null,
        };
    }

    private ToolDefinition McpServer(SourceMap map, SourceScalar id)
    {
        if (map.Has("url") == map.Has("command"))
        {
            Bag.Error(DiagnosticCodes.ToolIncomplete, map, $"The MCP server '{id.Text}' needs either 'url' or 'command'.");
        }

        WarnOfUncallable(id, "mcp");
        SecretScan.CheckSettings(map.Value("headers"), Bag);
        var config = new JsonObject();
        foreach (var name in new[] { "url", "command", "args", "headers", "transport", "proto", "start_timeout", "max_sessions" })
        {
            if (map.Json(name) is { } value)
            {
                config[name] = value;
            }
        }

        return new ToolDefinition { Id = id.Text, Type = "mcp", Config = config, Env = map.TextMap("env") };
    }
}
