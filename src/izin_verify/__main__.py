from izin_verify.main import main

raise SystemExit(main())
