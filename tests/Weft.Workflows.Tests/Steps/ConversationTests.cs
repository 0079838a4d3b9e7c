using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Steps;

/// <summary>What a conversation was about so far, and how an execution adds to it.</summary>
public sealed class ConversationTests
{
    private const string Answering =
        "name: demo\nworkflow:\n  nodes: [{ id: reply, agent: writer, prompt: 'Answer.', config: { context_sources: "
        + "[conversation_history] } }]\n";

    [Theory]
    [InlineData("""{"customer_message":"Where is it?","message":"x"}""", "Where is it?")]
    [InlineData("""{"message":"Hello"}""", "Hello")]
    [InlineData("""{"prompt":"Write."}""", "Write.")]
    [InlineData("""{"order":7}""", """{"order":7}""")]
    public void Execution_OfAConversation_AddsItsTurnAtItsEnd(string input, string asked)
    {
        var (script, written) = Script(Answering);

        script.Run(JsonNode.Parse(input)!.AsObject(), Conversation());

        var turn = Assert.Single(written);
        Assert.Equal(("append", "conversation_history", "c1"), (turn.Operation, turn.Memory, turn.Key));
        Assert.Equal($"user {asked}", Line(turn, 0));
        Assert.Equal("assistant It is on its way.", Line(turn, 1));
    }

    [Fact]
    public void Rerun_OfAnExecution_IsTheSameTurn()
    {
        var (script, written) = Script(Answering);

        script.Harness.Run<WorkflowResult>(
            StepNames.RunWorkflow,
            new RunWorkflowInput(
                "demo", "", new JsonObject { ["message"] = "Hi" }, Conversation()) { RerunOf = "exec-0", RerunFrom = "reply" });

        Assert.Equal("exec-0", Assert.Single(written).Scope.ExecutionId);
    }

    [Theory]
    [InlineData("name: demo\nworkflow:\n  nodes: [{ id: reply, agent: writer, prompt: 'Answer.' }]\n")]
    [InlineData(
        "name: demo\ntasks:\n  - { id: reply, agent: writer, prompt: Hi., config: { context_sources: [conversation_history] } }\n  - { "
        + "id: keep, type: memory, operation: append, memory_ref: conversation_history, key: k, payload: mine }\n")]
    [InlineData("name: demo\ntasks: [{ id: reply, agent: writer, prompt: Hi., memory: [{ id: conversation_history, key: k }] }]\n")]
    public void File_ThatRemembersNothingOrByItself_IsLeftToIt(string yaml)
    {
        var (script, written) = Script(yaml);

        script.Run(new JsonObject { ["message"] = "Hi" }, Conversation());

        Assert.DoesNotContain(written, r => r.Key == "c1");
    }

    [Fact]
    public void FailedExecution_AddsNothing()
    {
        var (script, written) = Script(Answering);
        script.Model(_ => WorkflowScript.Fails("auth", mayTryOther: false));

        Assert.Equal(ExecutionStatus.Failed, script.Run(context: Conversation()).Status);
        Assert.Empty(written);
    }

    [Fact]
    public void Child_IsItsParentsTurn()
    {
        var (script, written) = Script(
            "name: parent\nmemory: { short_term: { window_size: 5 } }\nworkflow:\n  nodes: [{ id: sub, workflow: demo, with: { message: "
            + "inner } }]\n");
        script.With(Answering);

        script.Run(new JsonObject { ["message"] = "outer" }, Conversation());

        Assert.Equal("user outer", Line(Assert.Single(written), 0));
    }

    [Fact]
    public void History_ThatCannotBeWritten_IsAWarning()
    {
        var (script, _) = Script(Answering);
        var reads = script.Memory;
        script.Memory = request =>
            request.Operation == "append" ? throw new ActivityException("memory_busy", Fault.Conflict, "too busy") : reads(request);

        var result = script.Run(context: Conversation());

        Assert.Equal(ExecutionStatus.Completed, result.Status);
    }

    [Fact]
    public void History_IsReadAsFarAsTheWindowSays()
    {
        var (script, _) = Script($"{Answering}memory: {{ short_term: {{ window_size: 120 }} }}\n");
        var limits = new List<string?>();
        script.Memory = request =>
        {
            limits.Add(request.Settings?["limit"]?.ToString());
            return new MemoryResult(new JsonObject { ["messages"] = new JsonArray() });
        };

        script.Run(context: Conversation());

        Assert.Equal("120", limits[0]);
    }

    [Theory]
    [InlineData("'Answer.'", true)]
    [InlineData("'So far: {{ conversation_history | length }}. Answer.'", false)]
    public void History_ThatNoTextReads_IsShownAsContext(string prompt, bool asContext)
    {
        var (script, _) = Script(Answering.Replace("'Answer.'", prompt, StringComparison.Ordinal));
        var prompts = new List<string>();
        script.Model(request =>
        {
            prompts.Add(string.Join('\n', request.Messages.Select(WorkflowScript.Text)));
            return WorkflowScript.Says("It is on its way.");
        });

        script.Run(context: Conversation());

        Assert.Equal(asContext, prompts[0].Contains("earlier words", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_WithoutAKey_IsKeptUnderItsDefault()
    {
        var (script, written) = Script(
            """
            name: demo
            memories: [{ id: notes, default_key_template: "user:{{ .workflow.input.user }}" }]
            agents: [{ id: writer, memory: [notes] }]
            tasks: [{ id: a, agent: writer, prompt: Hi. }]
            """);
        var prompts = new List<string>();
        script.Model(request =>
        {
            prompts.Add(string.Join('\n', request.Messages.Select(WorkflowScript.Text)));
            return WorkflowScript.Says("hello");
        });

        script.Run(new JsonObject { ["user"] = "ann" });

        Assert.Equal("user:ann", Assert.Single(written).Key);
        Assert.Contains("earlier words", prompts[0], StringComparison.Ordinal);
    }

    private static (WorkflowScript Script, List<MemoryRequest> Written) Script(string yaml)
    {
        var written = new List<MemoryRequest>();
        var script = WorkflowScript.Of(yaml).Agent("writer", AgentType.Simple).Model(_ => "It is on its way.");
        script.Memory = request =>
        {
            if (request.Operation == "append")
            {
                written.Add(request);
            }

            return new MemoryResult(
                new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "earlier words" }) });
        };
        return (script, written);
    }

    private static JsonObject Conversation() => new() { ["conversation_id"] = "c1" };

    private static string Line(MemoryRequest request, int index)
    {
        var message = request.Payload![index]!;
        return $"{message["role"]} {(message["content"] is JsonValue text ? text.ToString() : message["content"]!.ToJsonString())}";
    }
}
