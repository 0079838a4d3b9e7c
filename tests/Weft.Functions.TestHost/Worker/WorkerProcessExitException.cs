namespace Weft.Functions.TestHost.Worker;

/// <summary>
/// The worker's process died while it had work. The Durable extension knows this failure by the name of the type, and histories show it;
/// so it is called as the host's own.
/// </summary>
internal sealed class WorkerProcessExitException(int code) : Exception($"dotnet exited with code {code} (0x{code:X})");
