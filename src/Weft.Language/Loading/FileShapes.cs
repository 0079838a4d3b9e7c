using Weft.Language.Shapes;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>The shapes of whole workflow files, one for each dialect.</summary>
internal static class FileShapes
{
    private static readonly Dictionary<string,
        string> ProjectKeys = new[] { "workflows", "autoload", "runtime", "cache", "server", "database", "redis", "temporal" }
        .ToDictionary(k => k, k => $"'{k}' belongs in the project file.");

    public static readonly ObjectShape Graph = new("graph_workflow", "a workflow", () =>
    [
        .. Head,
        Needed("workflow", GraphShapes.Workflow, "The nodes, and the edges between them."),
    ]) { Hints = ProjectKeys };

    public static readonly ObjectShape Tasks = new("tasks_workflow", "a workflow", () =>
    [
        .. Head,
        Needed("tasks", TaskForms.List, "The tasks: in order, or driven by transitions when any task names one."),
        Key("fail_fast", Bool, "Whether the first failed task ends the run, or the rest still runs.", "true"),
    ]) { Hints = ProjectKeys };

    public static readonly ObjectShape Steps = new("steps_workflow", "a workflow", () =>
    [
        .. Head,
        Key("workflow_name", Text, "Another name of `name`."),
        Needed("steps", StepShapes.List, "The steps, in order."),
        Key("fail_fast", Bool, "Whether the first failed step ends the run, or the rest still runs.", "true"),
        Key("execution_config", new ObjectShape("execution_config", "the execution config", () =>
            [Key("fail_fast", Bool, "As `fail_fast`.", "true")]), "Another place of `fail_fast`."),
    ]) { Hints = ProjectKeys };

    private static readonly ObjectShape Options = new("workflow_config", "a workflow's config", () =>
    [
        .. OptionShapes.Shared,
        Key("input", Schema, "The form that an execution's input must have."),
        Key("env", TextMap, "As `env`."),
    ]);

    private static IEnumerable<Key> Head =>
    [
        Key("weft", Text, "Version of the language.", "1"),
        Key("$schema", Text, "The JSON Schema of the file, for editors."),
        Key("resource", Text, "What the file holds, for autoload: `workflow`."),
        Key("id", Id, "The id by which it is started.", "`name`, else the file's name"),
        Key("name", Text, "What it is called."),
        Key("version", Text, "The author's version; executions record it."),
        Key("description", Text, "What it is for."),
        Key("author", Any, "Who wrote it."),
        Key("tags", Texts, "Words to find it by."),
        Key("input", Schema, "The form that an execution's input must have.").Or("input_schema"),
        Key("outputs", DataMap, "The result, as templates. Without it: the output of what leads to the end."),
        Key("env", TextMap, "Environment entries that templates may read as `env.NAME`."),
        Key("llm_profiles", Map(Text), "Names for uses of profiles: `complex_reasoning: powerful`."),
        Key("composio", CommonShapes.Composio, "Composio apps, and whose account each acts for."),
        Key("models", List(CommonShapes.Model), "Models that extend or override the catalog."),
        Key("agents", List(CommonShapes.Agent), "Agents of the file's own; they hide registered ones of the same name."),
        Key("tools", List(CommonShapes.Tool), "Tools of the file's own."),
        Key("mcps", List(CommonShapes.Mcp), "MCP servers."),
        Key("schemas", Either(List(AnyMap), AnyMap), "JSON Schemas by id: a list with `id`s, or a mapping."),
        Key("memory", CommonShapes.MemorySection, "How conversations and knowledge are remembered."),
        Key("memories", List(CommonShapes.MemoryDefinition), "Memories that agents and tasks use."),
        Key("cost_controls", CommonShapes.CostControls, "Limits on money, in USD."),
        Key("monitoring", CommonShapes.Monitoring, "What is watched."),
        Key("schedule", CommonShapes.Schedule, "When it starts by itself."),
        Key("triggers", List(CommonShapes.Trigger), "Signals and webhooks that start it."),
        Key("timeout", Duration, "The longest time of an execution."),
        Key("retry", CommonShapes.Retry, "How steps that say nothing else are retried."),
        Key("step_timeout", Duration, "The longest time of a step that says nothing else."),
        Key("config", Options, "Options as the tasks dialect writes them."),
        Key("knowledge", Any, "Knowledge that is searched for prompts."),
        Key("knowledge_bases", Any, "Collections of documents."),
        Key("embedders", Any, "Models that embed documents."),
        Key("vector_dbs", Any, "Stores of embedded documents."),
    ];
}
