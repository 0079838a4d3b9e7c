namespace Weft.Functions.EngineTests;

/// <summary>Named as the host names what it tells of an activity whose process died.</summary>
internal sealed class WorkerProcessExitException() : Exception("dotnet exited with code 137 (0x89)");
