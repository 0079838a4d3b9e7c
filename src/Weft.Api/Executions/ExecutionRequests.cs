using System.Text.Json.Nodes;
using Weft.Api.Requests;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Executions;

/// <summary>The body of <c>POST /workflows/execute</c>.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="InputData">Its input; also taken as <c>input</c>.</param>
/// <param name="Context">Conversation, customer and the like.</param>
public sealed record ExecuteRequest(string WorkflowId, JsonObject InputData, JsonObject? Context)
{
    internal static ExecuteRequest Read(RequestBody body)
    {
        var request = new ExecuteRequest(
            body.Text("workflow_id", required: true, longest: 512) ?? "",
            body.Object("input_data") ?? body.Object("input") ?? [],
            body.Object("context"));
        body.Check();
        return request;
    }
}

/// <summary>The body of <c>POST /workflows/{id}/executions</c>.</summary>
/// <param name="Input">The input.</param>
/// <param name="Context">Conversation, customer and the like.</param>
public sealed record StartRequest(JsonObject Input, JsonObject? Context)
{
    // {input, context} and nothing else is the envelope; any other object is the bare input.
    internal static StartRequest Read(RequestBody body)
    {
        var wrapped = body.Members.Count > 0 && body.Members.All(m => m.Key is "input" or "context") && body.Members["input"] is JsonObject or null && body.Members["context"] is JsonObject or null;
        if (!wrapped)
        {
            return new StartRequest(body.Members.DeepClone().AsObject(), null);
        }

        return new StartRequest(body.Object("input") ?? [], body.Object("context"));
    }
}

/// <summary>The body of <c>POST /executions/{id}/signals</c>.</summary>
/// <param name="SignalName">The signal.</param>
/// <param name="Data">What it brings; also taken as <c>payload</c>.</param>
public sealed record SignalRequest(string SignalName, JsonNode? Data)
{
    internal static SignalRequest Read(RequestBody body)
    {
        var request = new SignalRequest(body.Text("signal_name", required: true, longest: 256) ?? "", body.Any("data") ?? body.Any("payload"));
        body.Check();
        return request;
    }
}

/// <summary>The body of <c>POST /executions/{id}/rerun</c>.</summary>
/// <param name="FromNode">The node from which it runs anew; absent: all of it.</param>
/// <param name="Definition">pinned (the default): what the execution ran; latest: the workflow as it is now.</param>
public sealed record RerunRequest(string? FromNode, string? Definition)
{
    internal static RerunRequest Read(RequestBody body)
    {
        var request = new RerunRequest(body.Text("from_node", longest: 512), body.Text("definition"));
        if (request.Definition is not (null or "pinned" or "latest"))
        {
            body.Fault("$.definition", "must be 'pinned' or 'latest'");
        }

        body.Check();
        return request;
    }
}

/// <summary>An execution that was started.</summary>
public sealed record StartedAnswer(string ExecutionId, ExecutionStatus Status, ExecutionLinks Links);

/// <summary>Where to go on with an execution.</summary>
public sealed record ExecutionLinks(string Self, string Trace, string Events, string Cancel);

/// <summary>A signal that is on its way.</summary>
public sealed record SignalAnswer(string ExecutionId, string SignalName, string SignalId);
