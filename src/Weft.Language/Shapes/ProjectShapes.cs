using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Shapes of the project file.</summary>
internal static class ProjectShapes
{
    /// <summary>Sections of a server's settings: they load, with a warning where they belong.</summary>
    public static readonly IReadOnlyList<string> ServerSections =
        ["server", "database", "temporal", "limits", "llm", "ratelimit", "redis", "cache", "worker", "mcp_proxy", "webhooks", "cli",
            "stream", "attachments", "monitoring"];

    private const string NoScripts = "scripts cannot be run yet.";

    public static readonly ObjectShape Runtime = new("runtime", "the runtime section", () =>
    [
        Key("type", Word("bun", "node"), "What runs scripts.", "bun").Idle(NoScripts),
        Key("entrypoint", Text, "The module whose exports are tools.").Idle(NoScripts),
        Key("permissions", List(Text), "What scripts may reach: `--allow-net=api.example.com`.").Idle(NoScripts),
        Key("timeout", Duration, "The longest time of one call.").Or("tool_execution_timeout").Idle(NoScripts),
        Key("memory_limit", Text, "The most memory of a script: `512MB`.").Idle(NoScripts),
        Key("task_execution_timeout_default", Duration, "The longest time of a step that says nothing else."),
        Key("task_execution_timeout_max", Duration, "The longest time that a step may say.").Idle("a step may say what it needs."),
    ]);

    public static readonly ObjectShape Autoload = new("autoload", "the autoload section", () =>
    [
        Key("enabled", Bool, "Whether files are looked for.", "false"),
        Key("strict", Bool, "Whether a faulty file is an error, not a warning.", "true"),
        Key("include", List(Text), "Patterns of files: `agents/**/*.yaml`."),
        Key("exclude", List(Text), "Patterns of files that are left out."),
        Key("watch_enabled", Bool, "Whether changes are picked up.", "false").Idle("start the server with 'weft serve --watch' instead."),
    ]);

    public static readonly ObjectShape Project = new("project", "a project", () =>
    [
        Key("weft", Text, "Version of the language.", "1"),
        Key("$schema", Text, "The JSON Schema of the file, for editors."),
        Key("resource", Text, "What the file holds: `project`."),
        Needed("name", Text, "What it is called."),
        Key("version", Text, "Its version."),
        Key("description", Text, "What it is for."),
        Key("author", Any, "Who wrote it."),
        Key("workflows", List(Either(Text, new ObjectShape("workflow_source", "a workflow's source", () =>
            [Needed("source", Text, "The path of its file, relative to the project file.")]))), "The workflows' files."),
        Key("models", List(CommonShapes.Model), "Models for all workflows."),
        Key("agents", List(CommonShapes.Agent), "Agents for all workflows."),
        Key("tools", List(CommonShapes.Tool), "Tools for all workflows."),
        Key("mcps", List(CommonShapes.Mcp), "MCP servers for all workflows."),
        Key("schemas", Either(List(AnyMap), AnyMap), "JSON Schemas for all workflows."),
        Key("memories", List(CommonShapes.MemoryDefinition), "Memories for all workflows."),
        Key("env", TextMap, "Environment entries for all workflows."),
        Key("config", new ObjectShape("project_config", "a project's config", () =>
        [
            .. OptionShapes.Shared,
            Key("source_of_truth", Word("repo", "builder"), "Who has the last word: files, or what was put in through the API.", "repo")
                .Idle("whatever was put or loaded last is the newest version of a workflow."),
        ]), "Options for all workflows."),
        Key("runtime", Runtime, "How scripts run."),
        Key("autoload", Autoload, "Files that are found by pattern."),
        Key("knowledge", Any, "Knowledge that is searched for prompts."),
        Key("knowledge_bases", Any, "Collections of documents."),
        Key("embedders", Any, "Models that embed documents."),
        Key("vector_dbs", Any, "Stores of embedded documents."),
        .. ServerSections.Select(s => Key(s, Any, "A section of server settings; those of this product are in `weft.yaml`.")
            .Idle("it configures a server, and this one is configured in weft.yaml, appsettings.json or by WEFT__ variables.")),
    ]) { Hints = new[] { "tasks", "steps", "workflow" }.ToDictionary(k => k, k => $"'{k}' makes a workflow of the file; load it as one.") };
}
