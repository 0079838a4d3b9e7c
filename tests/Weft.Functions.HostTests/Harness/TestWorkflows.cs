using Weft.EndToEnd.Harness;

namespace Weft.Functions.HostTests.Harness;

/// <summary>The workflows that tests bring along, in the folder Workflows.</summary>
internal static class TestWorkflows
{
    /// <summary>Registers one of them under the name of its file.</summary>
    public static Task PutTestWorkflowAsync(this ApiClient server, string name, CancellationToken deadline) =>
        server.PutWorkflowAsync(name, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Workflows", name + ".yaml")), deadline);
}
