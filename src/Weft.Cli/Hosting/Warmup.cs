using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Workflows.Contracts;

namespace Weft.Cli.Hosting;

/// <summary>
/// Half of a short command's time is the first use of code. While services are composed and the folder is opened, a second thread
/// goes once through what every execution goes through: YAML, the content hash, the JSON of the contracts.
/// </summary>
internal static class Warmup
{
    internal const string Sample = """
        name: sample
        workflow:
          nodes:
            - { id: a, transform: { greeting: "Hello, {{ name }}" } }
            - { id: b, transform: { again: "{{ a.output.greeting }}" } }
          edges:
            - { from: a, to: b }
            - { from: b, to: END }
        """;

    private static int _begun;

    /// <summary>Begins, once in a process, where there is a second processor.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _begun, 1) == 0)
        {
            _ = Task.Run(Run);
        }
    }

    /// <summary>Goes through it. Changes nothing, and reads nothing but its own sample.</summary>
    internal static void Run()
    {
        if (WorkflowLoader.Load(Sample).Definition is not { } definition)
        {
            return;
        }

        var hash = ContentHash.Of(definition);
        var json = WorkflowDefinitionJson.Serialize(definition);
        WorkflowDefinitionJson.Deserialize(json);
        var run = new RunWorkflowInput(definition.Id, hash, new JsonObject { ["name"] = "Ann" }, []);
        RoundTrip(new LoadWorkflowRequest("sample", run, default));
        RoundTrip(new LoadedWorkflow(json, new Dictionary<string, AgentCard>(), false) { ContentHash = hash });
        var node = new NodeTrace { NodeId = "a", Kind = "transform", Status = NodeStatus.Completed, StartedAt = default(DateTime) };
        RoundTrip(new ExecutionDocument
        {
            ExecutionId = "sample",
            WorkflowId = definition.Id,
            Status = ExecutionStatus.Completed,
            StartedAt = default,
            Input = run.Input,
            Trace = new ExecutionTrace { Nodes = [node] },
        });
        Write(new ExecutionProgress { Status = ExecutionStatus.Running, Recent = [node] });
        Write(new WorkflowResult(ExecutionStatus.Completed, null, null, 0));
    }

    private static void RoundTrip<T>(T value) => JsonSerializer.Deserialize<T>(Write(value), WeftJson.Options);

    private static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WeftJson.Options);
}
