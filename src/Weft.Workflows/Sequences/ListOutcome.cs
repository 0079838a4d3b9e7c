using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Sequences;

/// <summary>What a list of tasks came to.</summary>
internal sealed record ListOutcome(IReadOnlyList<TaskOutcome> Tasks, TaskOutcome? Unhandled)
{
    public bool EndsRun { get; init; }

    /// <summary>The outputs of the tasks that completed, by id; of one that ran again, the last.</summary>
    public JsonObject ToOutputs()
    {
        var outputs = new JsonObject();
        foreach (var task in Tasks.Where(x => x.Status == NodeStatus.Completed))
        {
            outputs[task.Id] = task.Output?.DeepClone();
        }

        return outputs;
    }
}
