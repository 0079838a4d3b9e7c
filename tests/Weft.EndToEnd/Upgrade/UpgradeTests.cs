using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd.Upgrade;

/// <summary>A data folder that an earlier build has written, in the hands of this one.</summary>
public sealed class UpgradeTests(UpgradedServers upgraded) : IClassFixture<UpgradedServers>, IDisposable
{
    /// <summary>Names of fields that tell when, or by which delivery: what is gone on with ends now.</summary>
    private static readonly string[] Moments = ["started_at", "completed_at", "duration_ms", "signal_id", "received_at", "output_preview"];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(90));

    public static TheoryData<string> Stored { get; } = [.. StoredRelease.All.Select(r => r.Name)];

    public static TheoryData<string, string> Paths { get; } = Pairs(r => r.Answers.Select(a => a.Key));

    public static TheoryData<string, string> Halves { get; } = Pairs(r => r.HalfDone.Select(h => h.Name));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task WhatAnEarlierBuildAnswered_IsAnsweredStill(string release, string path)
    {
        var then = new StoredRelease(release).Answers[path];

        var now = await upgraded.Of(release).Server.GetAsync(path, _deadline.Token);

        Assert.True((int)now.Status == 200, now.Text);
        Assert.Empty(Differences(then, now.Json));
    }

    [Theory]
    [MemberData(nameof(Halves))]
    public async Task WhatAnEarlierBuildLeftHalfDone_EndsAsItWouldHave(string release, string name)
    {
        var half = new StoredRelease(release).HalfDone.Single(h => h.Name == name);
        var then = half.Document!; // The writer stored it.

        var now = await DataFolders.FinishAsync(upgraded.Of(release).Server, half, _deadline.Token);

        Assert.Equal(((string?)then["status"], (string?)then["started_at"]), ((string?)now["status"], (string?)now["started_at"]));
        Assert.Equal(Steps(then), Steps(now));
        if (!half.Modelled)
        {
            Assert.Empty(JsonDifferences.Between(then, now, Moments));
        }
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task ToolCalls_ThatAnEarlierBuildRecorded_AreNotMadeAgain(string release)
    {
        var server = upgraded.Of(release);
        foreach (var half in new StoredRelease(release).HalfDone.Where(h => h.Modelled))
        {
            await server.Server.AwaitEndAsync(half.ExecutionId, _deadline.Token);
        }

        Assert.Equal(["SHOPIFY_GET_TRACKING_INFO"], server.Sandbox.Log.Entries.ToolCalls().Select(c => c.Tool));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task OldExecution_RunAgain_RunsTheDefinitionOfItsTime(string release)
    {
        var server = upgraded.Of(release).Server;
        var (id, text) = new StoredRelease(release).Answers.Select(a => a.Value)
            .Where(d => (string?)d!["workflow_version"] == "1.0.0" && (string?)d["output"]?["text"] is not null)
            .Select(d => ((string?)d!["execution_id"], (string?)d["output"]!["text"])).Single();

        var started = await server.PostAsync($"executions/{id}/rerun", new JsonObject(), _deadline.Token);
        Assert.True((int)started.Status == 202, started.Text);
        var again = await server.AwaitEndAsync((string)started.Json["execution_id"]!, _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, "1.0.0", text), (again.Status, again.WorkflowVersion, (string?)again.Output!["text"]));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task OldSchedule_Triggered_RunsTheNewestVersion(string release)
    {
        var server = upgraded.Of(release).Server;

        var started = await server.PostAsync("schedules/nightly/trigger", new JsonObject(), _deadline.Token);
        var document = await server.AwaitEndAsync((string)started.Json["execution_id"]!, _deadline.Token);

        Assert.Equal(("2.0.0", "Good day, Ada!"), (document.WorkflowVersion, (string?)document.Output!["text"]));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task OldFolder_FromTheCommandLine_IsListedAndGoneOnWith(string release)
    {
        using var folder = new TempFolder();
        var stored = new StoredRelease(release);
        stored.Unpack(folder.Path);
        var (id, value) = stored.HalfDone.Where(h => h.Name == "timer")
            .Select(h => (h.ExecutionId, (int)h.Document!["output"]!["value"]!)).Single();
        string[] data = ["--data", folder.Below("data")];

        var resumed = await WeftProcess.RunAsync(
            folder.Path, null, null, _deadline.Token, ["run", "--resume", id, "--sandbox", "--json", .. data]);
        var shown = await WeftProcess.RunAsync(folder.Path, null, null, _deadline.Token, ["executions", id, "--json", .. data]);

        Assert.True((resumed.ExitCode, shown.ExitCode) == (0, 0), resumed.Error + shown.Error);
        Assert.All([resumed.Output, shown.Output], o => Assert.Equal(value, (int)Json(o)["output"]!["value"]!));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task OldSecret_WithTheKeysOfItsFolder_OpensStill(string release)
    {
        using var folder = new TempFolder();
        new StoredRelease(release).Unpack(folder.Path);
        await using var vault = await FolderVault.OpenAsync(folder.Below("data"), _deadline.Token);

        Assert.Equal(FolderVault.Value, await vault.Secrets.GetAsync(FolderVault.Name, _deadline.Token));
    }

    public void Dispose() => _deadline.Dispose();

    private static TheoryData<string, string> Pairs(Func<StoredRelease, IEnumerable<string>> select)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var release in StoredRelease.All)
        {
            foreach (var name in select(release))
            {
                pairs.Add(release.Name, name);
            }
        }

        return pairs;
    }

    /// <summary>A list may have got longer; each entry of then must be in it, in the order of then.</summary>
    private static List<string> Differences(JsonNode? then, JsonNode now)
    {
        if (then?["items"] is not JsonArray before)
        {
            return [.. JsonDifferences.Between(then, now, "next_at")];
        }

        var rest = new Queue<JsonNode?>(now["items"]!.AsArray());
        List<string> missing = [];
        foreach (var item in before)
        {
            while (rest.TryPeek(out var next) && JsonDifferences.Between(item, next, "next_at").Count > 0)
            {
                rest.Dequeue();
            }

            if (!rest.TryDequeue(out _))
            {
                missing.Add(item!.ToJsonString());
            }
        }

        return missing;
    }

    private static IEnumerable<string> Steps(JsonObject document) => document["trace"]!["nodes"]!.AsArray().Select(n =>
        $"{n!["node_id"]} {n["status"]} {string.Join(',', (n["tool_calls"] as JsonArray ?? []).Select(c => c!["tool"]))}");
}
