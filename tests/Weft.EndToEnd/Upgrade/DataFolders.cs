using System.Text.Json.Nodes;
using Weft.Embedded.Sqlite;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;

namespace Weft.EndToEnd.Upgrade;

/// <summary>Works on data folders that other processes have left.</summary>
internal static class DataFolders
{
    /// <summary>Serves the folder <c>data</c> below another, over a sandbox that is the test's.</summary>
    public static Task<WeftServer> ServeAsync(string folder, SandboxServer sandbox, CancellationToken deadline) =>
        WeftServer.StartAsync(folder, sandbox.EnvironmentVariables, deadline, "--data", Path.Combine(folder, "data"));

    /// <summary>Copies a folder that a killed process has left, with the log of its database written into the database's file.</summary>
    /// <returns>The copy.</returns>
    public static string Checkpointed(string dataFolder, string copy)
    {
        foreach (var file in Directory.GetFiles(dataFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(dataFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // A file lies in a folder.
            File.Copy(file, target);
        }

        using var database = SqliteDatabase.Open(Path.Combine(copy, "weft.db"), writable: true);
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return copy;
    }

    /// <summary>Sends what an execution waits for, and waits for its end.</summary>
    /// <returns>Its document.</returns>
    public static async Task<JsonObject> FinishAsync(WeftServer server, HalfDone half, CancellationToken deadline)
    {
        if (half.Signal is { } signal)
        {
            var sent = await server.PostAsync($"executions/{half.ExecutionId}/signals", signal, deadline);
            Assert.True((int)sent.Status == 202, sent.Text);
        }

        await server.AwaitEndAsync(half.ExecutionId, deadline);
        return (await server.GetAsync("executions/" + half.ExecutionId, deadline)).Json.AsObject();
    }
}
