using System.Net;

namespace Weft.Api.Tests;

public sealed class ScheduleApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Fact]
    public async Task PutReadListDelete_AreARoundTrip()
    {
        var put = await Host.SendAsync(HttpMethod.Put, "schedules/nightly",
            """{"workflow_id": "greet", "cron": "0 3 * * *", "time_zone": "Europe/Berlin", "input": {"name": "Ada"}, "overlap_policy": "queue"}""");
        var read = await Host.GetAsync("schedules/nightly");
        var listed = await Host.GetAsync("schedules");
        var deleted = await Host.SendAsync(HttpMethod.Delete, "schedules/nightly");

        Assert.True(put.Status == HttpStatusCode.Created, put.Text);
        Assert.Equal("queue", read.Json["schedule"]!["overlap_policy"]!.GetValue<string>());
        Assert.NotNull(read.Json["next_at"]);
        Assert.Contains(listed.Json["items"]!.AsArray(), s => s!["schedule"]!["id"]!.GetValue<string>() == "nightly");
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        (await Host.GetAsync("schedules/nightly")).ShouldBe(404, "schedule_not_found");
    }

    [Theory]
    [InlineData("""{"cron": "0 3 * * *"}""", 400, "invalid_body")]
    [InlineData("""{"workflow_id": "greet", "cron": "often"}""", 422, "invalid_cron")]
    [InlineData("""{"workflow_id": "greet", "cron": "0 3 * * *", "time_zone": "Mars/Base"}""", 422, "unknown_time_zone")]
    [InlineData("""{"workflow_id": "greet", "cron": "0 3 * * *", "overlap_policy": "sometimes"}""", 400, "invalid_body")]
    [InlineData("""{"workflow_id": "greet", "cron": "0 3 * * *", "start_at": "2030-01-02T00:00:00Z", "end_at": "2030-01-01T00:00:00Z"}""",
        422, "invalid_schedule")]
    public async Task Put_WhatCannotBe_SaysWhy(string body, int status, string code) =>
    (await Host.SendAsync(HttpMethod.Put, "schedules/wrong", body)).ShouldBe(status, code);

    [Fact]
    public async Task Put_ForAWorkflowThatIsToCome_WaitsForIt()
    {
        var put = await Host.SendAsync(HttpMethod.Put, "schedules/early", """{"workflow_id": "to-come", "cron": "@every 15m"}""");

        Assert.True(put.Status == HttpStatusCode.Created, put.Text);
        (await Host.PostAsync("schedules/early/trigger")).ShouldBe(404, "workflow_not_found");
    }

    [Fact]
    public async Task Trigger_StartsNow_OnceForEachKey()
    {
        await Host.SendAsync(
            HttpMethod.Put, "schedules/now", """{"workflow_id": "greet", "cron": "0 3 1 1 *", "input": {"name": "Ada"}}""");

        var first = await Host.PostAsync("schedules/now/trigger", "{}", ("Idempotency-Key", "k1"));
        var again = await Host.PostAsync("schedules/now/trigger", "{}", ("Idempotency-Key", "k1"));

        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        Assert.Equal(first.Json["execution_id"]!.GetValue<string>(), again.Json["execution_id"]!.GetValue<string>());
        var ended = await Host.AwaitStatusAsync(first.Json["execution_id"]!.GetValue<string>(), "completed");
        Assert.Equal("Ada", ended["input"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task AScheduleInADefinition_ComesAndGoesWithIt()
    {
        await Host.PutWorkflowAsync("daily", Texts.Greet("daily") + "\nschedule:\n  cron: \"0 9 * * *\"\n");
        var there = await Host.GetAsync("schedules/daily");
        var refused = await Host.SendAsync(HttpMethod.Delete, "schedules/daily");
        await Host.PutWorkflowAsync("daily", Texts.Greet("daily"));

        Assert.Equal("0 9 * * *", there.Json["schedule"]!["cron"]!.GetValue<string>());
        refused.ShouldBe(409, "schedule_of_workflow");
        (await Host.GetAsync("schedules/daily")).ShouldBe(404, "schedule_not_found");
    }
}
