namespace Weft.Workflows.Contracts;

/// <summary>The names under which the product's orchestrators and activities are registered, on every host.</summary>
public static class StepNames
{
    /// <summary>Orchestrator: one execution of a workflow. <see cref="RunWorkflowInput"/> → <see cref="WorkflowResult"/>.</summary>
    public const string RunWorkflow = "RunWorkflow";

    /// <summary>Orchestrator: one agent loop. <see cref="RunAgentInput"/> → <see cref="AgentResult"/>.</summary>
    public const string RunAgent = "RunAgent";

    /// <summary><see cref="LoadWorkflowRequest"/> → <see cref="LoadedWorkflow"/>.</summary>
    public const string LoadWorkflow = "LoadWorkflow";

    /// <summary><see cref="RouteModelRequest"/> → <see cref="RoutingDecision"/>.</summary>
    public const string RouteModel = "RouteModel";

    /// <summary><see cref="CallModelRequest"/> → <see cref="ModelOutcome"/>.</summary>
    public const string CallModel = "CallModel";

    /// <summary><see cref="CallToolRequest"/> → <see cref="ToolOutcome"/>.</summary>
    public const string CallTool = "CallTool";

    /// <summary><see cref="EvaluateRequest"/> → <see cref="EvaluateResult"/>.</summary>
    public const string Evaluate = "Evaluate";

    /// <summary><see cref="MemoryRequest"/> → <see cref="MemoryResult"/>.</summary>
    public const string ReadMemory = "ReadMemory";

    /// <summary><see cref="MemoryRequest"/> → <see cref="MemoryResult"/>.</summary>
    public const string WriteMemory = "WriteMemory";

    /// <summary><see cref="ExecutionDocument"/> → <see cref="RecordedExecution"/>.</summary>
    public const string RecordExecution = "RecordExecution";

    /// <summary><see cref="DispatchSignalRequest"/> → <see cref="DispatchedSignal"/>.</summary>
    public const string DispatchSignal = "DispatchSignal";

    /// <summary>The external event by which a signal reaches an execution; its payload is a <see cref="SignalEvent"/>.</summary>
    public const string SignalEventName = "signal";
}
