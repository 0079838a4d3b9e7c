using System.Text.Json.Nodes;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Weft.Runtime.Queues;
using Weft.Runtime.Triggers;

namespace Weft.Api.Tests;

public sealed class QueueApiTests : IAsyncLifetime
{
    private const string Start = "queues/weft-start";
    private const string Replies = "queues/weft-completed";

    private ApiHost _host = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(configure: services => services.AddHostedService<LocalQueuePump>());
        Assert.Equal(HttpStatusCode.Created, (await _host.PutWorkflowAsync("greet", Texts.Greet())).Status);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AMessage_StartsItsWorkflow_AndTheReplyIsReceivedAndSettled()
    {
        var sent = await _host.PostAsync(Start + "/messages",
            """{"workflow_id": "greet", "input": {"name": "Ada"}, "reply_to": "weft-completed"}""", ("Message-Id", "m1"));
        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        Assert.Equal("m1", sent.Json["message_id"]!.GetValue<string>());

        var again =
            await _host.PostAsync(Start + "/messages", """{"workflow_id": "greet", "input": {"name": "Ada"}}""", ("Message-Id", "m1"));
        Assert.Equal((HttpStatusCode.OK, true), (again.Status, again.Json["duplicate"]!.GetValue<bool>()));

        var reply = await AwaitItemAsync(Replies + "/receive");
        var executionId = reply["body"]!["execution_id"]!.GetValue<string>();
        Assert.Equal("completed", reply["body"]!["status"]!.GetValue<string>());
        Assert.Equal("m1", reply["body"]!["output"]!["context"]!["message_id"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("executions/" + executionId)).Status);

        var held = $"{Replies}/messages/{reply["lock"]!.GetValue<string>()}";
        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, held)).Status);
        (await _host.SendAsync(HttpMethod.Delete, held)).ShouldBe(409, "lock_lost");
        Assert.Empty((await _host.PostAsync(Replies + "/receive")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task AMessageThatCannotStart_IsADeadLetter_WhichIsReplayedOnceTheCauseIsMended()
    {
        await _host.PostAsync(Start + "/messages",
            """{"workflow_id": "later", "input": {"name": "Ada"}, "message_id": "m2", "reply_to": "weft-completed"}""");
        var dead = await AwaitItemAsync(Start + "/deadletters", HttpMethod.Get);
        Assert.Equal(("m2", "workflow_not_found"), (dead["message_id"]!.GetValue<string>(), dead["reason"]!.GetValue<string>()));

        await _host.PutWorkflowAsync("later", Texts.Greet("later"));
        var replay = await _host.PostAsync($"{Start}/deadletters/{dead["sequence"]!.GetValue<string>()}/replay");

        Assert.Equal(HttpStatusCode.Accepted, replay.Status);
        Assert.Equal("later", (await AwaitItemAsync(Replies + "/receive"))["body"]!["workflow_id"]!.GetValue<string>());
        (await _host.PostAsync($"{Start}/deadletters/0-none/replay")).ShouldBe(404, "message_not_found");
    }

    [Fact]
    public async Task AReply_ThatIsGivenBack_IsSeenByAPeek()
    {
        await _host.PostAsync(Replies + "/messages", """{"any": "thing"}""");
        Assert.Single((await _host.GetAsync(Replies + "/messages")).Json["items"]!.AsArray());

        var held = Assert.Single(
            (await _host.PostAsync(Replies + "/receive", """{"limit": 5, "lock_seconds": 30}""")).Json["items"]!.AsArray());
        Assert.Empty((await _host.GetAsync(Replies + "/messages")).Json["items"]!.AsArray());
        var given = await _host.PostAsync($"{Replies}/messages/{held!["lock"]!.GetValue<string>()}/abandon");

        Assert.Equal(HttpStatusCode.NoContent, given.Status);
        Assert.Equal(2, (await AwaitItemAsync(Replies + "/receive"))["deliveries"]!.GetValue<int>());
    }

    [Fact]
    public async Task WhatCannotBe_SaysWhy()
    {
        (await _host.PostAsync("queues/nothing/messages", "{}")).ShouldBe(404, "unknown_queue");
        (await _host.PostAsync(Start + "/messages", "{")).ShouldBe(400, "malformed_json");
        (await _host.PostAsync(Start + "/receive")).ShouldBe(409, "queue_has_reader");
        (await _host.PostAsync(Replies + "/receive", """{"limit": 0}""")).ShouldBe(400, "invalid_body");
        (await _host.SendAsync(HttpMethod.Delete, Replies + "/messages/nonsense")).ShouldBe(400, "invalid_parameter");
        (await _host.PostAsync(Replies + "/messages", $$"""{"text": "{{new string('x', 300_000)}}"}""")).ShouldBe(413, "message_too_large");
    }

    private Task<JsonNode> AwaitItemAsync(string path, HttpMethod? method = null) => Eventually.ReadAsync(async () =>
    {
        var answer = await _host.SendAsync(method ?? HttpMethod.Post, path, method == HttpMethod.Get ? null : "{}");
        return answer.Json["items"] is JsonArray { Count: > 0 } items ? items[0] : null;
    });
}
