using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weft.Agents.Tests.Storage;
using Weft.Language.Diagnostics;
using Weft.Runtime.Cards;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Tests.Registry;

public sealed class WorkflowFoldersTests : IDisposable
{
    private readonly MemoryRecordStore _store = new();
    private readonly string _root = Directory.CreateTempSubdirectory("weft-folders-").FullName;
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
    private readonly WorkflowRegistry _workflows;
    private readonly AgentRegistry _agents;

    public WorkflowFoldersTests()
    {
        _agents = Sample.Agents(_store);
        _workflows = Sample.Knowing(_store, _agents);
    }

    [Fact]
    public async Task Load_FindsWorkflowsBelowAndCardsInAgents()
    {
        Write("deep/er/greet.yaml", Sample.Graph());
        Write("agents/triage.yaml", "name: triage\ntype: simple\ncost_tier: low\n");
        Write(".hidden/other.yaml", Sample.Graph("hidden"));
        Write("notes.txt", "not a workflow");

        var diagnostics = await CreateSut().LoadAsync(_deadline);

        Assert.DoesNotContain(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["greet"], (await _workflows.ListAsync(_deadline)).Select(w => w.Id));
        Assert.Equal(AgentOrigin.File, (await _agents.FindAsync("triage", _deadline))!.Origin);
    }

    [Fact]
    public async Task Load_NamesThatOtherFilesBring_AreKnownWhateverTheOrder()
    {
        Write("a.yaml", "name: a\ntasks: [{ id: x, type: workflow, workflow: b }, { id: y, agent: triage, prompt: Hi. }]\n");
        Write("b.yaml", "name: b\ntasks: [{ id: x, type: workflow, workflow: c }, { id: y, agent: triaeg, prompt: Hi. }]\n");
        Write("zoo/agents/triage.yaml", "name: triage\ntype: simple\n");

        var diagnostics = await CreateSut().LoadAsync(_deadline);

        Assert.Equal(
            ["b.yaml WEFT1610 Warning", "b.yaml WEFT1601 Warning"],
            diagnostics.Select(d => $"{Path.GetFileName(d.File)} {d.Code} {d.Severity}"));
        Assert.Contains("Did you mean 'triage'?", diagnostics[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ABrokenFile_KeepsTheOthersAndTheLastGoodVersion()
    {
        Write("good.yaml", Sample.Graph("good"));
        Write("bad.yaml", Sample.Graph("bad"));
        var folders = CreateSut();
        await folders.LoadAsync(_deadline);
        Write("bad.yaml", "name: bad\nworkflow: 5\n");

        var diagnostics = await folders.LoadAsync(_deadline);

        Assert.Contains(diagnostics, d => d.Severity == DiagnosticSeverity.Error && d.File!.EndsWith("bad.yaml", StringComparison.Ordinal));
        Assert.Equal(["bad", "good"], (await _workflows.ListAsync(_deadline)).Select(w => w.Id));
        Assert.Equal(diagnostics, folders.Diagnostics);
    }

    [Fact]
    public async Task Load_AfterAFileIsGone_TakesItsWorkflowOutAndNoOther()
    {
        Write("one.yaml", Sample.Graph("one"));
        Write("two.yaml", Sample.Graph("two"));
        await _workflows.PutAsync(Sample.Graph("put"), new PutWorkflowOptions(), _deadline);
        var folders = CreateSut();
        await folders.LoadAsync(_deadline);
        File.Delete(Path.Combine(_root, "one.yaml"));

        await folders.LoadAsync(_deadline);

        Assert.Equal(["put", "two"], (await _workflows.ListAsync(_deadline)).Select(w => w.Id));
    }

    [Fact]
    public async Task Load_AProject_LoadsTheWorkflowsThatItNames()
    {
        Write("shop/compozy.yaml", "name: shop\nversion: 1.0.0\nworkflows:\n  - source: ./flows/greet.yaml\n");
        Write("shop/flows/greet.yaml", Sample.Graph("shop_greet"));
        Write("shop/flows/draft.yaml", Sample.Graph("shop_draft"));

        var diagnostics = await CreateSut().LoadAsync(_deadline);

        Assert.DoesNotContain(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["shop_greet"], (await _workflows.ListAsync(_deadline)).Select(w => w.Id));
    }

    [Fact]
    public async Task Watch_AnEdit_IsLoadedByItself()
    {
        Write("greet.yaml", Sample.Graph());
        using var folders = CreateSut(watch: true);
        await folders.StartAsync(_deadline);
        var loads = folders.Loads;

        Write("greet.yaml", Sample.Graph(prompt: "changed"));
        while ((await _workflows.FindAsync("greet", _deadline))!.Version.Revision == 1)
        {
            await Task.Delay(20, _deadline);
        }

        Assert.True(folders.Loads > loads);
        await folders.StopAsync(_deadline);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private WorkflowFolders CreateSut(bool watch = false)
    {
        var options = new WorkflowFoldersOptions { Watch = watch };
        options.Paths.Add(_root);
        return new WorkflowFolders(_workflows, _agents, Options.Create(options), TimeProvider.System, NullLogger<WorkflowFolders>.Instance);
    }

    private void Write(string relative, string text)
    {
        var path = Path.Combine(_root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
