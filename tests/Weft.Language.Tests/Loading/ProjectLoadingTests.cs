using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

public sealed class ProjectLoadingTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["workflows/greet.yaml"] = """
            name: greet
            tasks:
              - { id: hello, agent: greeter, action: greet, with: { name: "{{ .workflow.input.name }}" } }
              - { id: ask, agent: { id: own, instructions: Own., model: { $ref: 'global::models.#(provider=="anthropic")' } }, prompt: "{{ .tasks.hello.output | validateSchema('person') }}" }
              - { id: look, $use: 'tool(resource::tool::#(id=="echo"))' }
            """,
        ["agents/greeter.yaml"] = """
            resource: agent
            id: greeter
            instructions: Greet.
            model: { $ref: 'global::models.#(provider=="openai")' }
            tools: [lookup]
            actions: [{ id: greet, prompt: "Hello {{ .input.name }}" }]
            """,
        ["tools/echo.yaml"] = "resource: tool\nid: echo\nexecute: 'function echo(x) { return x; }'\n",
        ["tools/echo.yaml~"] = "resource: tool\nid: echo\n",
        ["notes/readme.md"] = "# notes",
    };

    private const string Text = """
        name: shop
        version: 1.0.0
        workflows: [{ source: ./workflows/greet.yaml }]
        models:
          - { provider: openai, model: gpt-4-turbo, api_key: "{{ .env.OPENAI_API_KEY }}", default: true }
          - { provider: anthropic, model: claude-3-opus }
        tools: [{ id: lookup, type: http, config: { base_url: https://example.com } }]
        schemas: [{ id: person, type: object }]
        env: { REGION: eu }
        config: { retry_policy: { maximum_attempts: 4 } }
        runtime: { type: node, permissions: ["--allow-net=api.example.com"], timeout: 30s, memory_limit: 512MB }
        autoload: { enabled: true, include: ["agents/**/*.yaml", "tools/*"] }
        """;

    [Fact]
    public void Load_AProject_SharesItsPartsWithItsWorkflows()
    {
        var result = ProjectLoader.Load(Text, "weft.yaml", Reading(Files));
        var workflow = result.Workflows.Single().Result.Definition!;

        Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticCodes.NoEffect, d.Code));
        Assert.Equal(
            ["greeter gpt-4-turbo", "own claude-3-opus"], workflow.Agents.Select(a => $"{a.Id} {a.Model}").Order(StringComparer.Ordinal));
        Assert.Equal(["echo", "lookup"], workflow.Tools.Select(t => t.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["gpt-4-turbo", "claude-3-opus"], workflow.Models.Select(m => m.Name));
        Assert.Equal(["person"], workflow.Schemas.Keys);
        Assert.Equal(("eu", 4), (workflow.Env["REGION"], workflow.Defaults.Retry!.MaxAttempts));
    }

    [Fact]
    public void Load_AProject_KeepsHowScriptsRun()
    {
        var runtime = ProjectLoader.Load(Text, "weft.yaml", Reading(Files)).Project!.Runtime!;

        Assert.Equal(("node", TimeSpan.FromSeconds(30), 512_000_000L), (runtime.Type, runtime.Timeout, runtime.MemoryLimitBytes));
        Assert.Equal(["--allow-net=api.example.com"], runtime.Permissions);
    }

    [Fact]
    public void Load_AProjectWrittenElsewhere_HasNoErrorsWhenItsFilesAreThere()
    {
        var sources = new[] { "customer-support", "content-generation", "data-processing" };
        var files = sources.ToDictionary(s => $"workflows/{s}.yaml", s => $"name: {s}\ntasks: [{{ id: a }}]\n");

        var result = ProjectLoader.Load(Fixture.Read("project.yaml"), "compozy.yaml", Reading(files));

        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        Assert.Equal(sources, result.Workflows.Select(w => w.Result.Definition!.Id));
        Assert.Equal(["gpt-4-turbo", "claude-3-opus", "llama2:13b", "llama-3.3-70b-versatile"], result.Project!.Models.Select(m => m.Name));
        Assert.Equal(["type", "entrypoint", "permissions", "timeout", "memory_limit", "cache", "monitoring"],
            result.Diagnostics.Select(d => d.Message.Split('\'')[1]));
    }

    [Fact]
    public void Load_ABrokenProject_TellsEveryFaultInEveryFile()
    {
        var files = new Dictionary<string, string>
        {
            ["workflows/a.yaml"] = "name: a\ntasks: [{ id: x, agent: nobdy, prompt: Hi. }]\n",
            ["agents/one.yaml"] = "resource: agent\nid: nobody\nintructions: Hi.\n",
            ["agents/two.yaml"] = "resource: agent\nid: nobody\ninstructions: Hi.\n",
            ["agents/three.yaml"] = "resource: agnet\nid: three\n",
        };

        var result = ProjectLoader.Load(
            """
            name: broken
            workflows: [workflows/a.yaml, ./workflows/a.yaml, /etc/passwd, workflows/b.yaml]
            autoload: { enabled: true, include: ["agents/*.yaml", "../*.yaml"] }
            """, "weft.yaml", Reading(files), new LoadOptions { KnownAgents = [] });

        Assert.Equal(
            [
                "weft.yaml:2:31 WEFT1701 'workflows/a.yaml' is listed twice. Remove one of the two.",
                "weft.yaml:2:51 WEFT1701 '/etc/passwd' must be a path relative to the project file that does not leave its folder.",
                "weft.yaml:2:64 WEFT1702 There is no file 'workflows/b.yaml'. Did you mean 'workflows/a.yaml'? Paths are relative to the "
                + "project file.",
                "weft.yaml:3:55 WEFT1703 The pattern '../*.yaml' cannot be used: it must not leave the project's folder.",
                "agents/three.yaml:1:11 WEFT1704 'agnet' is not a kind of resource. Did you mean 'agent'?",
                "agents/two.yaml:2:5 WEFT1010 Another agent has the id 'nobody' already, in agents/one.yaml:2. Give each its own.",
                "agents/one.yaml:3:1 WEFT1006 'intructions' is not a key of an agent. Did you mean 'instructions'?",
                "workflows/a.yaml:2:25 WEFT1601 No agent is called 'nobdy'. Did you mean 'nobody'? Define it under 'agents', or register "
                + "a card of that name.",
            ],
            result.Diagnostics.Select(d => d.ToString()));
        Assert.Null(result.Project);
    }

    [Fact]
    public void Load_AutoloadThatIsNotStrict_LeavesFaultyFilesOut()
    {
        var files = new Dictionary<string, string> { ["agents/a.yaml"] = "resource: agent\nid: good\ninstructions: Hi.\n",
            ["agents/b.yaml"] = "just a text\n" };

        var result =
            ProjectLoader.Load("name: p\nautoload: { enabled: true, strict: false, include: ['agents/*'] }\n", "p.yaml", Reading(files));

        Assert.Equal(["good"], result.Project!.Agents.Select(a => a.Id));
        Assert.Equal("agents/b.yaml:1:1 WEFT1704 warning: The file is empty, or holds no mapping of keys.",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("agents/**/*.yaml", "agents/a.yaml", true)]
    [InlineData("agents/**/*.yaml", "agents/x/y/a.yaml", true)]
    [InlineData("agents/*.yaml", "agents/x/a.yaml", false)]
    [InlineData("**/*.{yaml,yml}", "a.yml", true)]
    [InlineData("**/*~", "x/a.yaml~", true)]
    [InlineData("a?.yaml", "ab.yaml", true)]
    [InlineData("a?.yaml", "a/.yaml", false)]
    [InlineData("a.yaml", "axyaml", false)]
    public void Glob_APattern_MatchesWhatItSays(string pattern, string path, bool expected) =>
        Assert.Equal(expected, GlobPattern.TryParse(pattern, out _)!.Matches(path));

    private static ProjectFiles Reading(Dictionary<string, string> files) => new(files.GetValueOrDefault, () => files.Keys);
}
