using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.EndToEnd.Histories;
using Weft.Language;
using Weft.Sandbox;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd.Upgrade;

/// <summary>Writes what later builds are held to: a data folder, what the API answered, and histories (Stored/README.md).</summary>
public sealed class FolderWriter : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _ended = [];
    private readonly List<HalfDone> _halfDone = [];
    private SandboxServer _sandbox = null!; // InitializeAsync comes first.
    private WeftServer _server = null!; // InitializeAsync comes first.

    private string Data => _folder.Below("data");

    [WriterFact]
    public async Task Release_ItsFiles_AreWritten()
    {
        await RegisterAsync();
        await CompleteAsync();
        var answers = await AnswersAsync();
        await LeaveHalfDoneAsync();
        await _server.Process.KillAsync(_deadline.Token);
        var left = _folder.Below("left");
        ZipFile.CreateFromDirectory(DataFolders.Checkpointed(Data, left), _folder.Below("data.zip"));
        _sandbox.Faults.Clear();
        await RestartAsync();
        List<HalfDone> finished = [];
        foreach (var half in _halfDone)
        {
            finished.Add(half with { Document = await DataFolders.FinishAsync(_server, half, _deadline.Token) });
        }

        await _server.Process.KillAsync(_deadline.Token);
        var release = Releases.New(Environment.GetEnvironmentVariable(Releases.Writing)!); // WriterFact has seen it.
        File.Move(_folder.Below("data.zip"), Path.Combine(release, "data.zip"));
        File.WriteAllText(Path.Combine(release, "answers.json"), answers.ToJsonString(WeftJson.Indented) + "\n");
        File.WriteAllText(Path.Combine(release, "half-done.json"), JsonSerializer.Serialize(finished, WeftJson.Indented) + "\n");
        WriteHistories(Directory.CreateDirectory(Path.Combine(release, "histories")).FullName);
    }

    public async Task InitializeAsync()
    {
        await using (var vault = await FolderVault.OpenAsync(Data, _deadline.Token))
        {
            await vault.Secrets.SetAsync(FolderVault.Name, FolderVault.Value, _deadline.Token);
        }

        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), _deadline.Token);
        _server = await DataFolders.ServeAsync(_folder.Path, _sandbox, _deadline.Token);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
        _deadline.Dispose();
    }

    private async Task RegisterAsync()
    {
        foreach (var name in new[] { "shipments", "pause", "guarded-return", "greeting" })
        {
            await _server.PutWorkflowAsync(name, Text(name), _deadline.Token);
        }

        // The copy's agent has time: its run is gone on with long after it began.
        var support = File.ReadAllText(Example("customer_support_advanced.yaml"));
        var patient = support.Replace("name: customer_support_advanced", "name: patient-support", StringComparison.Ordinal)
            .Replace("- id: handle_order_status", "- id: handle_order_status\n      timeout: 3000d", StringComparison.Ordinal);
        await _server.PutWorkflowAsync("customer_support_advanced", support, _deadline.Token);
        await _server.PutWorkflowAsync("patient-support", patient, _deadline.Token);
        await _server.PutWorkflowAsync("data-pipeline", File.ReadAllText(Example("data-pipeline.yaml")), _deadline.Token);
        await _server.SendAsync(
            HttpMethod.Put,
            "schedules/nightly",
            WeftServer.Json("""{"workflow_id":"greeting","cron":"0 3 2 1 *","time_zone":"Europe/Berlin","input":{"name":"Ada"}}"""),
            _deadline.Token);
    }

    private async Task CompleteAsync()
    {
        await RunAsync("first-version", "greeting", """{"name":"Ada"}""");
        var second = Text("greeting").Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal)
            .Replace("Hello", "Good day", StringComparison.Ordinal);
        await _server.PutWorkflowAsync("greeting", second, _deadline.Token);
        await RunAsync("second-version", "greeting", """{"name":"Grace"}""");
        await RunAsync("graph", "customer_support_advanced", """{"customer_message":"Where is my order #12346?"}""");
        await RunAsync("graph-with-memory", "customer_support_advanced", """{"customer_message":"What is your return policy?"}""");
        await RunAsync("failed", "data-pipeline", """{"sources":[{"name":"orders","path":"/orders.json"}]}""");
        await FinishAsync("tasks", "shipments", """{"orders":["12345","12346"]}""", "release", """{"by":"Robin"}""");
        await FinishAsync("code", "guarded-return", """{"order_id":"12345"}""", "ask", """{"choice":"approve"}""");
        var cancelled = await StartAsync("guarded-return", """{"order_id":"12346"}""");
        await _server.AwaitAsync(cancelled, d => Waits(d, "ask"), _deadline.Token);
        await _server.PostAsync($"executions/{cancelled}/cancel", Json("""{"reason":"changed my mind"}"""), _deadline.Token);
        _ended["cancelled"] = cancelled;
    }

    private async Task LeaveHalfDoneAsync()
    {
        var asked = await StartAsync("guarded-return", """{"order_id":"12346"}""");
        await _server.AwaitAsync(asked, d => Waits(d, "ask"), _deadline.Token);
        _halfDone.Add(new HalfDone("approval", asked, Signal("ask", """{"choice":"reject"}"""), Modelled: false, null));
        var waiting = await StartAsync("shipments", """{"orders":["12346"]}""");
        await _server.AwaitAsync(waiting, d => Waits(d, "released"), _deadline.Token);
        _halfDone.Add(new HalfDone("signal", waiting, Signal("release", """{"by":"Kim"}"""), Modelled: false, null));
        _sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Latency, Ms = 60_000, Tool = "SHOPIFY_GET_TRACKING_INFO", First = 1 });
        var looping = await StartAsync("patient-support", """{"customer_message":"Where is my order #12346?"}""", "conv_2");
        await Eventually.HoldsAsync(() => _sandbox.Faults.Counts().All(c => c.Hits > 0), _deadline.Token);
        _halfDone.Add(new HalfDone("tool loop", looping, null, Modelled: true, null));
        var sleeping = await StartAsync("pause", """{"number":20}""");
        await _server.AwaitAsync(
            sleeping, d => d.Trace.Nodes.Any(n => n is { NodeId: "before", Status: NodeStatus.Completed }), _deadline.Token);
        _halfDone.Add(new HalfDone("timer", sleeping, null, Modelled: false, null));
    }

    private async Task<JsonObject> AnswersAsync()
    {
        var answers = new JsonObject();
        List<string> paths =
        [
            "workflows?limit=200", "workflows/greeting", "workflows/greeting/versions", "workflows/shipments", "workflows/guarded-return",
            "executions?limit=200", "workflows/greeting/executions", "schedules", "schedules/nightly", "schedules/greeting",
            "memory/conv_1",
            .. _ended.Values.Select(id => $"executions/{id}"),
        ];
        foreach (var path in paths)
        {
            var answer = await _server.GetAsync(path, _deadline.Token);
            Assert.True((int)answer.Status == 200, $"{path}: {answer.Text}");
            answers[path] = answer.Json;
        }

        return answers;
    }

    private void WriteHistories(string folder)
    {
        foreach (var name in new[] { "graph", "tasks", "code" })
        {
            var number = 0;
            foreach (var history in HistoryDatabase.Read(Data, _ended[name]))
            {
                history.Write(Path.Combine(folder, $"{name}-{number++}.json"));
            }
        }
    }

    private async Task RunAsync(string name, string workflow, string input)
    {
        _ended[name] = await StartAsync(workflow, input);
        await _server.AwaitEndAsync(_ended[name], _deadline.Token);
    }

    private async Task FinishAsync(string name, string workflow, string input, string signal, string data)
    {
        _ended[name] = await StartAsync(workflow, input);
        await _server.AwaitAsync(_ended[name], d => Waits(d, signal == "ask" ? signal : "released"), _deadline.Token);
        var half = new HalfDone(name, _ended[name], Signal(signal, data), Modelled: true, null);
        await DataFolders.FinishAsync(_server, half, _deadline.Token);
    }

    private Task<string> StartAsync(string workflow, string input, string conversation = "conv_1") => _server.StartExecutionAsync(
        workflow,
        Json(input),
        Json($$"""{"conversation_id":"{{conversation}}","customer_id":"cust_456","customer_email":"jane.smith@example.com"}"""),
        _deadline.Token);

    private async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = await DataFolders.ServeAsync(_folder.Path, _sandbox, _deadline.Token);
    }

    private static JsonObject Signal(string name, string data) => new() { ["signal_name"] = name, ["data"] = Json(data) };

    private static bool Waits(ExecutionDocument document, string node) =>
        document.Trace.Nodes.Any(n => n.NodeId == node && n.Status == NodeStatus.Running);

    private static string Text(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Upgrade", "Workflows", name + ".yaml"));
}
