using Weft.Language;

namespace Weft.Runtime.Executions;

/// <summary>The errors of the execution service. Codes are part of the API.</summary>
internal static class ExecutionFaults
{
    public static WeftException NotFound(string executionId) =>
        new("execution_not_found", Fault.NotFound, $"There is no execution '{executionId}'. GET /executions lists those there are.");

    public static WeftException Ended(string executionId, string status, string action) =>
        new("execution_ended", Fault.Conflict,
            $"Execution '{executionId}' is {status}, so it cannot be {action}. Start it again with POST /executions/{executionId}/rerun.");

    public static WeftException Running(string executionId) =>
        new("execution_running", Fault.Conflict,
            $"Execution '{executionId}' has not ended, so it cannot be run again. Cancel it first, or wait for its end.");
}
