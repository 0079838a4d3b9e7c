using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Shapes;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

/// <summary>Every spelling of a key says the same: after the shape check there is one name for it.</summary>
public sealed partial class SpellingTests
{
    /// <summary>Shape, or shape and key → a text that lacks the key, with <c>…</c> where it goes.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["graph_workflow"] = "name: d\nworkflow: { nodes: [{ id: n, transform: 1 }] }\n…",
        ["node"] = "name: d\nworkflow: { nodes: [{ id: n, … }] }",
        ["node.prompt_template"] = "name: d\nworkflow: { nodes: [{ id: n, agent: simple, … }] }",
        ["node.with"] = "name: d\nworkflow: { nodes: [{ id: n, transform: 1, … }] }",
        ["node_error_policy"] = "name: d\nworkflow: { nodes: [{ id: word, transform: 1 }, { id: n, transform: 1, on_error: { … } }] }",
        ["agent_config"] = "name: d\nworkflow: { nodes: [{ id: n, agent: simple, task: Go., config: { … } }] }",

        ["tasks_workflow"] = "name: d\ntasks: [{ id: a }]\n…",
        ["workflow_config"] = "name: d\ntasks: [{ id: a }]\nconfig: { … }",
        ["cost_controls"] = "name: d\ntasks: [{ id: a }]\ncost_controls: { … }",
        ["schedule"] = "name: d\ntasks: [{ id: a }]\nschedule: { cron: '@daily', … }",
        ["memory_definition"] = "name: d\ntasks: [{ id: a }]\nmemories: [{ id: m, … }]",
        ["model"] = "name: d\ntasks: [{ id: a }]\nmodels: [{ provider: p, model: m, … }]",
        ["model_part"] = "name: d\ntasks: [{ id: a }]\nagents: [{ id: g, model: { provider: p, model: m, … } }]",
        ["agent"] = "name: d\ntasks: [{ id: a }]\nagents: [{ id: g, … }]",
        ["agent_action"] = "name: d\ntasks: [{ id: a }]\nagents: [{ id: g, actions: [{ id: x, prompt: Hi., … }] }]",
        ["tool"] = "name: d\ntasks: [{ id: a }]\ntools: [{ id: t, config: { base_url: 'https://x.test' }, … }]",
        ["retry"] = "name: d\ntasks: [{ id: a, retry: { … } }]",
        ["task_config"] = "name: d\ntasks: [{ id: a, type: loop, max_iterations: 2, tasks: [{ id: b }], config: { … } }]",
        ["basic_task_config"] = "name: d\ntasks: [{ id: a, prompt: Hi., config: { … } }]",
        ["basic_task"] = "name: d\ntasks: [{ id: a, … }]",
        ["basic_task.system_prompt"] = "name: d\ntasks: [{ id: a, prompt: Hi., … }]",
        ["parallel_task"] = "name: d\ntasks: [{ id: a, type: parallel, tasks: [{ id: b }], … }]",
        ["collection_task"] = "name: d\ntasks: [{ id: a, type: collection, items: [1], task: { id: b }, … }]",
        ["composite_task"] = "name: d\ntasks: [{ id: a, type: composite, tasks: [{ id: b }], … }]",
        ["router_task"] = "name: d\ntasks: [{ id: a, type: router, condition: .x, routes: { default: { id: b } }, … }]",
        ["aggregate_task"] = "name: d\ntasks: [{ id: a, type: aggregate, outputs: { x: 1 }, … }]",
        ["wait_task"] = "name: d\ntasks: [{ id: a, type: wait, wait_for: s, … }]",
        ["signal_task"] = "name: d\ntasks: [{ id: a, type: signal, signal: s, … }]",
        ["signal"] = "name: d\ntasks: [{ id: a, type: signal, signal: { id: s, … } }]",
        ["signal.id"] = "name: d\ntasks: [{ id: a, type: signal, signal: { … } }]",
        ["memory_task"] = "name: d\ntasks: [{ id: a, type: memory, operation: read, memory_ref: m, key_template: k, … }]",
        ["memory_task.key_template"] = "name: d\ntasks: [{ id: a, type: memory, operation: read, memory_ref: m, … }]",
        ["approval_task"] = "name: d\ntasks: [{ id: a, type: approval, … }]",
        ["loop_task"] = "name: d\ntasks: [{ id: a, type: loop, max_iterations: 2, tasks: [{ id: b }], … }]",
        ["workflow_task"] = "name: d\ntasks: [{ id: a, type: workflow, workflow: w, … }]",
        ["workflow_task.workflow"] = "name: d\ntasks: [{ id: a, type: workflow, … }]",
        ["transform_task"] = "name: d\ntasks: [{ id: a, type: transform, … }]",

        ["steps_workflow"] = "name: d\nsteps: [{ app: x, action: y }]\n…",
        ["action_step"] = "name: d\nsteps: [{ app: x, action: y, … }]",
        ["condition_step"] = "name: d\nsteps: [{ type: condition, condition: true, … }]",
        ["transform_step"] = "name: d\nsteps: [{ type: transform, transform: 1, … }]",

        ["project_config"] = "name: p\nconfig: { … }",
        ["runtime"] = "name: p\nruntime: { … }",
        ["agent_card"] = "name: c\ntype: simple\n…",
    };

    public static TheoryData<string, string, string> OtherSpellings
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (name, shape) in KeyTable.Shapes)
            {
                shape.Keys.ToList().ForEach(k => k.Also.ToList().ForEach(a => data.Add(name, k.Name, a)));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OtherSpellings))]
    public void Key_InAnotherSpelling_LoadsToWhatItsNameLoadsTo(string shape, string name, string spelling)
    {
        var text = Texts.GetValueOrDefault($"{shape}.{name}") ?? Texts[shape];
        var value = Sample(KeyTable.Shapes[shape].Keys.Single(k => k.Name == name));

        var named = Loaded(shape, text.Replace("…", $"{name}: {value}", StringComparison.Ordinal));

        Assert.Equal(named, Loaded(shape, text.Replace("…", $"{spelling}: {value}", StringComparison.Ordinal)));
        Assert.DoesNotContain(" ERROR ", named, StringComparison.Ordinal);
        Assert.NotEqual(named, Loaded(shape, text.Replace("…", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Loaders_ReadKeys_ByNamesOfTheShapes()
    {
        var names = KeyTable.Shapes.Values.SelectMany(s => s.Keys).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        var spellings = KeyTable.Shapes.Values.SelectMany(s => s.Spellings.Keys).Except(names).ToList();

        var read = Directory.EnumerateFiles(Source(), "*.cs").SelectMany(f => LastArgument().Matches(Other().Replace(File.ReadAllText(f), "")))
            .Select(m => m.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("schedule_to_close_timeout", read);
        Assert.DoesNotContain(spellings, read.Contains);
    }

    /// <summary>Scalars keep their identity, and so do mappings that several places share.</summary>
    [Fact]
    public void Parts_ThatSeveralPlacesShare_AreOneInAnySpelling()
    {
        var definition = Load.Definition(
            """
            name: demo
            models: [&model { provider: p, model: m, name: mine, api_url: "https://x.test" }]
            tools: [&tool { id: t, runtime: http, config: { base_url: "https://x.test" } }]
            agents: [&agent { id: writer, system_prompt: Write., profile: fast, model: *model }]
            tasks:
              - { id: a, agent: *agent, prompt: Hi. }
              - { id: b, tool: *tool }
              - { id: c, prompt: Hi., model_config: *model }
            """);

        Assert.Equal(["mine"], definition.Models.Select(m => m.Name));
        Assert.Equal(["t"], definition.Tools.Select(t => t.Id));
        Assert.Equal(["writer", "c-llm"], definition.Agents.Select(a => a.Id));
        Assert.Equal("mine", definition.Agents[0].Model);
    }

    [Fact]
    public void Data_ThatLooksLikeKeys_KeepsItsWords()
    {
        var task = Assert.Single(Load.Tasks("name: d\ntasks: [{ id: a, with: &r { attempts: 2, retry_policy: 3 }, retry: { attempts: 5 } }]"));

        Assert.Equal("""{"attempts":2,"retry_policy":3}""", task.With!.ToJsonString());
        Assert.Equal(5, task.Policy.Retry!.MaxAttempts);
    }

    [Theory]
    [InlineData("name: d\ntasks: [{ id: a, tool: x.y, instructions: Hi. }]", "2:29 WEFT1203 'instructions' means nothing")]
    [InlineData("name: d\ntasks: [{ id: a, retry_policy: 3, retries: 2 }]", "2:18 WEFT1015 'retry_policy' and 'retries' say the same")]
    [InlineData("name: d\ntasks: [{ id: a, retry: { attempts: 0 } }]", "2:37 WEFT1016 'attempts' must be from 1 to 100, not 0.")]
    [InlineData("name: d\nworkflow: { nodes: [{ id: a, transform: 1, prompt: Hi. }] }", "2:44 WEFT1006 'prompt' means nothing")]
    [InlineData("name: d\ntools: [{ id: t, type: http, config: { url: 'https://x.test' }, code: x }]\ntasks: [{ id: a }]",
        "2:65 WEFT1014 warning: 'code' has no effect")]
    [InlineData("name: d\ntasks: [{ id: a, type: memory, operation: read, memory_ref: m, key: }]", "2:64 WEFT1008 'key' is empty.")]
    public void Finding_OnAKey_ShowsItAsItIsWritten(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Load.Findings(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("output: { type: string }", false)]
    [InlineData("output_schema: { type: string }", true)]
    [InlineData("output_schema: { type: string }, config: { max_tokens: 9 }", false)]
    public void OutputSchema_OfATaskWithoutConfig_IsItsAgentsToo(string keys, bool isAgents)
    {
        var task = Assert.IsType<BasicTask>(Assert.Single(Load.Tasks($"name: d\ntasks: [{{ id: a, prompt: Hi., {keys} }}]")));

        Assert.NotNull(task.OutputSchema);
        Assert.Equal(isAgents, Assert.IsType<AgentStep>(task.Step).Config.OutputSchema is not null);
    }

    /// <summary>What is stored of a text, after its errors.</summary>
    private static string Loaded(string shape, string text)
    {
        switch (shape)
        {
            case "agent_card":
                var card = AgentCardLoader.Load(text);
                return ErrorsOf(card.Diagnostics) + JsonSerializer.Serialize(card.Card, WeftJson.Options);
            case "project_config" or "runtime":
                var project = ProjectLoader.Load(text, null, new ProjectFiles(_ => null, () => []));
                return $"{ErrorsOf(project.Diagnostics)}{project.Project?.Defaults}{project.Project?.Runtime}";
            default:
                var workflow = WorkflowLoader.Load(text);
                return ErrorsOf(workflow.Diagnostics)
                    + (workflow.Definition is { } definition ? WorkflowDefinitionJson.Serialize(definition) : "");
        }
    }

    private static string ErrorsOf(IEnumerable<Diagnostic> findings) =>
        string.Concat(findings.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $" ERROR {d}"));

    private static string Sample(Key key) => key.Name == "model_profile" ? "fast" : Sample(key.Shape);

    private static string Sample(Shape shape) => shape switch
    {
        NumberShape => "7",
        WordShape words => words.Words[^1],
        TextShape { Kind: TextKind.Duration or TextKind.DurationTemplate } => "7s",
        TextShape => "word",
        ListShape => "[app.action]",
        ChoiceShape choice => Sample(choice.Choices[0]),
        _ => "{ type: object }",
    };

    private static string Source([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Weft.Language", "Loading");

    [GeneratedRegex(@"\.Or\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Other();

    /// <summary>A word that ends a list of arguments: so all methods that read a key take its name.</summary>
    [GeneratedRegex("[(,]\\s*\"(?<text>[a-z0-9_]+)\"\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex LastArgument();
}
