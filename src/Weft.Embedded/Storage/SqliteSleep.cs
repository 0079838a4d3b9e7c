using System.Runtime.InteropServices;
using SQLitePCL;

namespace Weft.Embedded.Storage;

/// <summary>Lets SQLite wait for microseconds.</summary>
/// <remarks>
/// A reader that meets a commit just as it begins tries again after a few microseconds. The library of the package is compiled
/// without usleep(3) on Unix, and rounds that up to a whole second. SQLite asks its file system layer to sleep, and the layer's
/// table of functions is there to be changed (https://www.sqlite.org/c3ref/vfs.html): this puts a finer sleep into it.
/// </remarks>
internal static class SqliteSleep
{
    /// <summary>Kept alive as long as the process: native code calls it.</summary>
    private static readonly Sleep Finer = static (_, microseconds) =>
    {
        if (microseconds < 1000)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(microseconds / 1000);
        }

        return microseconds;
    };

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sleep(nint vfs, int microseconds);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint FindVfs(nint name);

    public static void Refine()
    {
        if (OperatingSystem.IsWindows()
            || !NativeLibrary.TryLoad("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "sqlite3_vfs_find", out var export))
        {
            return;
        }

        var vfs = Marshal.GetDelegateForFunctionPointer<FindVfs>(export)(0);
        if (vfs != 0)
        {
            // struct sqlite3_vfs: three ints, padded; next, name, data; open, delete, access, full path, four of dynamic loading, randomness; sleep.
            var ints = (3 * sizeof(int) + nint.Size - 1) / nint.Size;
            Marshal.WriteIntPtr(vfs, (ints + 12) * nint.Size, Marshal.GetFunctionPointerForDelegate(Finer));
        }
    }
}
